/**
 * Many workers that use and revoke at once: log in, call, log out, disable, edit roles and domains,
 * sign out. The service is an argument, so that the same load judges any way of running it.
 */
import { type Call, endOf, type History, recorder, type Span } from './history.ts';

/** Each answers with the status that its caller sees. */
export type RevocableService<Session> = {
  users: readonly string[];
  login: (user: string) => Promise<{ status: number; session?: Session | undefined }>;
  /** `route`: 0 needs the letter that `setLetter` switches, 1 does not. */
  call: (session: Session, route: 0 | 1) => Promise<number>;
  logout: (session: Session) => Promise<number>;
  setUser: (user: string, on: boolean) => Promise<unknown>;
  setDomain: (user: string, on: boolean) => Promise<unknown>;
  /** Edits a role that the user's role inherits from. */
  setLetter: (user: string, on: boolean) => Promise<unknown>;
  /** Gives the user the role, or takes it away. */
  setRole: (user: string, on: boolean) => Promise<unknown>;
  /** Ends all sessions of the user. */
  signOut: (user: string) => Promise<unknown>;
};
export type Load = {
  calls: number;
  callers: number;
  random: () => number;
  /** Stands still but for the step that each call takes, so that a slow machine makes no difference. */
  clock?: { now: () => number; step: () => void };
};

type Opened<Session> = { session: Session; user: string; name: string; login: Span };
const SWITCHES = ['User', 'Domain', 'Letter', 'Role'] as const;
const ENDING: readonly string[] = ['User', 'Domain'];

/** @returns Everything that happened, as check() takes it. */
export async function run<Session>(
  service: RevocableService<Session>,
  { calls, callers, random, clock }: Load,
): Promise<History> {
  const { history, timed, write, call } = recorder(clock?.now);
  const opened: Opened<Session>[] = [];
  const signOuts: (Span & { user: string })[] = [];
  let begun = 0;
  let done = false;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  /** Until about so many calls have gone by: pauses by the clock would depend on the machine. */
  const pause = async (count: number) => {
    const until = begun + count;
    while (begun < until && !done) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const signIn = { User: 401, Domain: 401 };
  const needs = (user: string, of: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(of).map(([name, status]) => [`${name} ${user}`, status]));

  const logIn = async (user: string) => {
    let session: Session | undefined;
    const login = await call(needs(user, signIn), async () => {
      const answer = await service.login(user);
      session = answer.session;
      return answer.status;
    });
    if (session) opened.push({ session, user, name: `session ${opened.length}`, login });
  };
  const caller = async () => {
    while (begun < calls) {
      begun += 1;
      clock?.step();
      // The younger half, mostly: some of them have just been ended.
      const recent = opened.slice(random() < 0.8 ? -8 : 0);
      const { session, user, name } = pick(recent);
      const route = random() < 0.5 ? 0 : 1;
      const letter = { ...signIn, Role: 403, ...(route === 0 && { Letter: 403 }) };
      await call({ ...needs(user, letter), [name]: 401 }, () => service.call(session, route));
    }
    done = true;
  };
  const visitor = async () => {
    while (!done) {
      await logIn(pick(service.users));
      await pause(random() * 60);
      const { session, name, login } = pick(opened.slice(-6));
      const logout = await timed(() => service.logout(session));
      // A refused logout proves nothing: another may have come first.
      if (logout.result === 200) history.writes.push(...endOf(name, login, logout));
      else history.writes.push(...endOf(name, login, { ...logout, end: Number.POSITIVE_INFINITY }));
    }
  };
  /** Never two for one switch; each switch is on again soon, or refusals would prove little. */
  const administrator = async (users: readonly string[]) => {
    while (!done) {
      const user = pick(users);
      if (random() < 0.2) {
        const { start, end } = await timed(() => service.signOut(user));
        signOuts.push({ user, start, end });
        await logIn(user);
      } else {
        const kind = pick(SWITCHES);
        for (const on of [false, true]) {
          const { start, end } = await timed(() =>
            write(`${kind} ${user}`, on, () => service[`set${kind}`](user, on)),
          );
          // What is switched off is ended, and so is what was there when it is switched on.
          if (ENDING.includes(kind)) signOuts.push({ user, start, end });
          await pause(random() * 30);
        }
        await logIn(user);
      }
      await pause(random() * 20);
    }
  };

  for (const user of service.users) await logIn(user);
  await Promise.all([
    ...Array.from({ length: callers }, caller),
    visitor(),
    visitor(),
    ...[0, 1].map((half) => administrator(service.users.filter((_, at) => at % 2 === half))),
  ]);
  for (const { name, user, login } of opened) {
    for (const span of signOuts.filter((signOut) => signOut.user === user))
      history.writes.push(...endOf(name, login, span));
  }
  return history;
}

/**
 * A service whose answers to calls are remembered for so many uses: what must not be. It is asked all the same, or
 * the calls would be over before anything is revoked.
 */
export function cached<Session>(
  service: RevocableService<Session>,
  uses: number,
): RevocableService<Session> {
  const held = new Map<string, { status: Call['status']; left: number }>();
  const names = new Map<Session, number>();
  return {
    ...service,
    async call(session, route) {
      const name = `${names.get(session) ?? names.set(session, names.size).size} ${route}`;
      const status = await service.call(session, route);
      const known = held.get(name);
      if (known && known.left-- > 0) return known.status;
      held.set(name, { status, left: uses });
      return status;
    },
  };
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
