/**
 * Histories of concurrent operations, and the check that none of them contradicts the promise: an
 * allowed call is a call that is still allowed now.
 *
 * What a call depends on are switches. A write turns one on or off at some moment between its start
 * and its end; a call reads each of its switches at some moment of its own. So a call may have seen a
 * write unless a later write had begun after that one was acknowledged, and was itself acknowledged
 * before the call started. An allowed call must be able to have seen all of its switches on, a
 * refused one at least one of them off.
 *
 * Where answers are kept for a while, a bound says how long: a call may then have seen whatever a call
 * at most that much earlier may have seen.
 *
 * Times: any numbers that only rise; the bound is in the same unit. An operation that was never
 * acknowledged ends at Infinity.
 *
 * @module
 */
export type Span = { start: number; end: number };
export type Write = Span & { switch: string; on: boolean };
/** The switches that the call needs, each with the status that refuses it when it is off. */
export type Call = Span & { status: number; needs: Readonly<Record<string, number>> };
/** Every switch is on at first. */
export type History = { writes: readonly Write[]; calls: readonly Call[] };

type Violation = { problem: string; call: Call };
export type Report = {
  violations: Violation[];
  /** How many calls could only be allowed, and how many only refused: the others prove little. */
  certain: { allowed: number; refused: number };
};

const INITIAL = { on: true, start: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };

export function check({ writes, calls }: History, bound = 0): Report {
  const bySwitch = Map.groupBy(writes, (write) => write.switch);
  const may = (call: Call, name: string, on: boolean): boolean => {
    const all = [INITIAL, ...(bySwitch.get(name) ?? [])];
    const settled = Math.max(
      ...all.filter(({ end }) => end < call.start - bound).map(({ start }) => start),
    );
    return all.some((write) => write.on === on && write.start < call.end && write.end >= settled);
  };

  const report: Report = { violations: [], certain: { allowed: 0, refused: 0 } };
  for (const call of calls) {
    const names = Object.keys(call.needs);
    const off = names.filter((name) => !may(call, name, true));
    const refusable = names.filter((name) => may(call, name, false));
    if (off.length > 0) report.certain.refused += 1;
    if (refusable.length === 0) report.certain.allowed += 1;
    const problem = problemOf(call, off, refusable);
    if (problem) report.violations.push({ problem, call });
  }
  return report;
}

function problemOf({ status, needs }: Call, off: string[], refusable: string[]) {
  if (status === 200) return off.length > 0 ? `allowed though ${off[0]} was off` : undefined;
  return refusable.some((name) => needs[name] === status)
    ? undefined
    : `refused with ${status} though nothing that says so could be off`;
}

/** What keeps two moments of one reading of the clock apart, and adds up to nothing beside it. */
const INSTANT = 1e-6;

/**
 * Records operations as they happen, in one order for the whole process.
 *
 * @param clock - Gives the moments their distance, where a bound is to be checked.
 */
export function recorder(clock: () => number = () => 0) {
  let last = 0;
  const moment = (): number => {
    last = Math.max(last + INSTANT, clock());
    return last;
  };
  const writes: Write[] = [];
  const calls: Call[] = [];
  const timed = async <T>(act: () => Promise<T>): Promise<Span & { result: T }> => {
    const start = moment();
    const result = await act();
    return { start, end: moment(), result };
  };
  return {
    history: { writes, calls } satisfies History,
    timed,
    async write(name: string, on: boolean, act: () => Promise<unknown>): Promise<void> {
      const write = { switch: name, on, start: moment(), end: Number.POSITIVE_INFINITY };
      writes.push(write);
      await act();
      write.end = moment();
    },
    async call(needs: Call['needs'], act: () => Promise<number>): Promise<Call> {
      const { start, end, result: status } = await timed(act);
      const call = { start, end, status, needs };
      calls.push(call);
      return call;
    },
  };
}

/**
 * A write that ends a session for good: one that surely came after its login ends it surely, one
 * that raced the login may have, and one that came before it has nothing to do with it.
 */
export function endOf(session: string, login: Span, { start, end }: Span): Write[] {
  if (end < login.start) return [];
  const sure = start > login.end;
  return [{ switch: session, on: false, start, end: sure ? end : Number.POSITIVE_INFINITY }];
}
