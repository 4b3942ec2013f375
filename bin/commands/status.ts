/**
 * latchkey status: one screen for whoever is on call: is it us?
 *
 * Out: whether the service answers and how fast, which alarms are up, what the last quarter of an hour
 *      had of faults and refusals, and which keys sign. Each is asked for by itself: what cannot be found
 *      out says why, and the rest is there all the same. `us` is null then, and the exit code 1: what was not
 *      looked at is not healthy.
 *
 * @module
 */
import type { Instant } from '../../lib/time.ts';
import { record } from '../api/table.ts';
import { DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { anyOf } from '../logs/asked.ts';
import { EVERY_LOG, requireLooked } from '../logs/every-log.ts';
import { openLogs } from '../logs/open.ts';
import { alarmsOf, urlOf } from '../stage/health.ts';
import { type Command, command } from './command.ts';
import { Failure } from './failure.ts';
import { signingKeysOf } from './signing-key-list.ts';

const SPAN = '15m';
const MOST = 10_000;
type Place = { stage: string; region: string; local: boolean };
/** `us`: whether it speaks for a fault of ours; null where that is not known. */
type Finding = { said: string; us: boolean | null };

export const status: Command = command({
  summary: 'says on one screen whether it is us: the service, its alarms, faults, refusals, keys',
  usage: `[--url URL] ${DEPLOYMENT_USAGE}`,
  options: { ...DEPLOYMENT, url: { type: 'string' } },
  async run(_operands, { url, ...place }) {
    useDeployment(place);
    const asked: Record<string, () => Promise<Finding>> = {
      service: () => service(url, place),
      ...(!place.local && { alarms: () => alarms(place) }),
      faults: () => faults(place),
      refused: () => refused(place),
      keys: () => keys(place),
    };
    const found = Object.fromEntries(
      await Promise.all(
        Object.entries(asked).map(async ([name, ask]) => [name, await settled(ask)] as const),
      ),
    );
    const up = Object.keys(found).filter((name) => found[name]?.us);
    const unknown = Object.keys(found).filter((name) => found[name]?.us === null);
    const verdict = [
      up.length > 0 ? `it may be us: ${up.join(', ')}` : 'nothing here says that it is us',
      ...(unknown.length > 0 ? [`not found out: ${unknown.join(', ')}`] : []),
    ].join('; ');
    const said = Object.entries(found).map(([name, { said }]) => [name, said] as const);
    return {
      json: { ...found, verdict },
      text: `${record(Object.fromEntries(said))}\n\n${verdict}`,
      exitCode: unknown.length > 0 ? 1 : 0,
    };
  },
});

async function settled(ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    const { message } = error as Error;
    return { said: `not found out: ${message.replace(/^not found out: /, '')}`, us: null };
  }
}

/** Milliseconds. */
const PATIENCE = 5000;

async function service(url: string | undefined, { stage, local }: Place): Promise<Finding> {
  const port = process.env['PORT'] || '3000';
  const base = url ?? (local ? `http://127.0.0.1:${port}` : await urlOf(stage));
  const start = performance.now();
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`${base}/.well-known/jwks.json`, { signal });
    const ms = Math.round(performance.now() - start);
    return { said: `${base} answers ${answer.status} in ${ms} ms`, us: !answer.ok };
  } catch {
    return { said: `${base} does not answer within ${PATIENCE / 1000} s`, us: true };
  }
}

async function alarms({ stage }: Place): Promise<Finding> {
  const all = await alarmsOf(stage);
  // A stage has alarms from its first deployment on.
  if (all.length === 0) throw new Failure('there is none; see --stage and --region');
  const up = all.filter(({ isUp }) => isUp);
  if (up.length === 0) return { said: `none of ${all.length} is up`, us: false };
  const said = up.map(({ name, since }) => `${name} since ${since}`).join('; ');
  return { said: `${up.length} of ${all.length}: ${said}`, us: true };
}

async function faults(place: Place): Promise<Finding> {
  const { logs, span } = await openLogs({ ...place, since: SPAN });
  const where = [anyOf(['level'], 'error')];
  const functions = EVERY_LOG.filter((log) => log !== 'access');
  const lines = await logs.find({ logs: functions, where, ...span, limit: MOST });
  if (lines.length === 0) requireLooked(logs);
  const said = countsOf(lines.map(({ log }) => log));
  return lines.length === 0
    ? { said: `none in ${SPAN}`, us: false }
    : { said: `${lines.length} in ${SPAN}: ${said}`, us: true };
}

async function refused(place: Place): Promise<Finding> {
  const { logs, span } = await openLogs({ ...place, since: SPAN });
  const where = [anyOf(['code'], 'forbidden', 'unauthenticated')];
  const found = await logs.count({ logs: ['authorizer'], where, ...span, limit: 20 }, 'rule');
  requireLooked(logs);
  const said = found.map(({ value, lines }) => `${value} ${lines}`).join(', ');
  return { said: said === '' ? `none in ${SPAN}` : `in ${SPAN}: ${said}`, us: false };
}

async function keys({ stage }: Place): Promise<Finding> {
  const all = await signingKeysOf(stage, Math.floor(Date.now() / 1000) as Instant);
  const signing = all.filter(({ state }) => state === 'signs');
  const said = signing.map(({ alg, age }) => `${alg} signs for ${age}`).join(', ');
  return signing.length === 0 ? { said: 'no key signs', us: true } : { said, us: false };
}

const countsOf = (names: readonly string[]): string =>
  [...new Set(names)]
    .map((name) => `${name} ${names.filter((one) => one === name).length}`)
    .join(', ');
