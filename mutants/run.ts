/**
 * Changes the code in thousands of small ways and says which no test notices. Exits with 1 when a room scores
 * below the target, or when a listed equivalent fits no mutant.
 *
 *   npm run mutants                              all rooms (hours)
 *   npm run mutants -- verdict tokens            only those
 *   npm run mutants -- --share 0.1 --seed 7      a tenth of each room, at random; the seed is printed
 *   npm run mutants -- --each 150 --seed 7       so many of each room
 *   npm run mutants -- --file lib/tokens/jws.ts  one file
 *   --list       the mutants, without a run       --json       for programs
 *   --keep       which test meets what, as it was measured last, for all that has not changed itself
 *   --workers 2  processes at a time              --budget 60  seconds of test files a mutant; 0: all
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { measure } from './coverage.ts';
import { isEquivalent, outdated } from './equivalent.ts';
import { instrument, type Mutant } from './instrument.ts';
import { type Court, judge, judgeLate, type Verdict } from './judge.ts';
import { orderBy } from './order.ts';
import { asLine, asSurvivor, asTable, scoreOf, TARGET } from './report.ts';
import { ROOMS, roomsByFile } from './rooms.ts';
import { sample } from './sample.ts';
import { startSession } from './session.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: 'string', default: '1' },
    each: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    file: { type: 'string', multiple: true },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    workers: { type: 'string', default: '1' },
    budget: { type: 'string', default: '60' },
  },
});
const names = Object.keys(ROOMS);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no such room: ${unknown}; there are ${names}`);
const asked = positionals.length > 0 ? positionals : names;
const [share, each, seed] = [Number(options.share), Number(options.each), Number(options.seed)];
if (!(share > 0 && share <= 1)) throw new Error('--share is above 0 and at most 1');
if (!(each > 0)) throw new Error('--each is above 0');

const PROGRESS = 50;
const budget = Number(options.budget) * 1000 || Number.POSITIVE_INFINITY;
const say = (line: string): void => console.error(line);
const places = roomsByFile(names);
const { mutants, code } = await instrument([...places.keys()]);
const lost = outdated(mutants);
for (const line of lost) say(`mutants/equivalent/: fits no mutant: ${line}`);

/** A room's sample is the same whichever others are asked for. */
function sampleOf(room: string): Mutant[] {
  const all = mutants.filter(({ file }) => places.get(file) === room);
  return sample(all, Math.min(share, each / all.length), seed);
}
const equivalent = mutants.filter((mutant) => isEquivalent(mutant));
const chosen = options.file
  ? mutants.filter(({ file }) => options.file?.includes(file))
  : asked.flatMap(sampleOf);
const judged = chosen.filter((mutant) => !equivalent.includes(mutant));
const isSample = share < 1 || each < Number.POSITIVE_INFINITY;
say(`${judged.length} mutants of ${mutants.length}${isSample ? `, seed ${seed}` : ''}`);

if (options.list) for (const mutant of judged) console.log(asLine(mutant));
else await report(await judgeAll(judged));

async function judgeAll(queue: readonly Mutant[]): Promise<Verdict[]> {
  const first = await startSession(code);
  const sessions = [first];
  try {
    const order = orderBy(
      mutants,
      await measure(first, { code, mutants, keep: options.keep, say }),
    );
    while (sessions.length < Number(options.workers)) sessions.push(await startSession(code));
    const verdicts: Verdict[] = [];
    const left = [...queue];
    const courts = sessions.map((session) => ({ session, order, budget }));
    await Promise.all(courts.map((court) => work(court, { left, verdicts })));
    return await judgeLate(verdicts, { session: first, order, budget });
  } finally {
    await Promise.all(sessions.map((session) => session.stop()));
  }
}

type Queue = { left: Mutant[]; verdicts: Verdict[] };

async function work(court: Court, { left, verdicts }: Queue): Promise<void> {
  for (let mutant = left.shift(); mutant; mutant = left.shift()) {
    const verdict = await judge(mutant, court);
    verdicts.push(verdict);
    if (verdict.status !== 'killed') say(asSurvivor(verdict));
    if (verdicts.length % PROGRESS === 0) say(`${verdicts.length} done, ${left.length} left`);
  }
}

async function report(verdicts: Verdict[]): Promise<void> {
  const scores = asked.map((room) =>
    scoreOf(
      room,
      verdicts.filter(({ mutant }) => places.get(mutant.file) === room),
      chosen.filter((mutant) => places.get(mutant.file) === room && equivalent.includes(mutant))
        .length,
    ),
  );
  const survivors = verdicts.filter(({ status }) => status !== 'killed');
  if (options.json) console.log(JSON.stringify({ seed, share, each, scores, survivors }, null, 2));
  else console.log(['', ...survivors.map(asSurvivor), '', asTable(scores)].join('\n'));
  // Vitest sets its own for every kill.
  process.exitCode = lost.length > 0 || scores.some(({ score }) => score < TARGET) ? 1 : 0;
}
