/**
 * latchkey why: what became of one call, by the request id that its answer had (`apigw-requestid`,
 * `x-amzn-requestid`). The id of a call of an API behind the authorizer finds the authorizer's line.
 *
 * With --signed-in it is the admin API that looks, in the log of the authorizer alone.
 *
 * NOT found: a call of a REST API with a TOKEN authorizer, whose event has no id; `top` and `used` count it.
 *
 * @module
 */
import { record } from '../api/table.ts';
import { anyOf, type Line } from '../logs/asked.ts';
import { EVERY_LOG, requireLooked } from '../logs/every-log.ts';
import { IN_LOGS, IN_LOGS_USAGE, openLogs } from '../logs/open.ts';
import { type Command, command } from './command.ts';
import { notFound } from './failure.ts';
import { SIGNED_IN, SIGNED_IN_USAGE } from './signing-key-signed-in.ts';
import { whySignedIn } from './why-signed-in.ts';

const MOST = 100;
/** What a reader of one call's lines knows already, or does not ask. */
const UNSAID = ['level', 'function', 'requestId', '_aws', 'time'];

export const why: Command = command({
  summary: 'says what became of one call, and why it was refused; the id is in the answer',
  operands: ['REQUEST-ID'],
  usage: `${IN_LOGS_USAGE} ${SIGNED_IN_USAGE}`,
  options: { ...IN_LOGS, ...SIGNED_IN },
  async run([id = ''], { 'signed-in': signedIn, ...place }) {
    if (signedIn) return whySignedIn(id, place.since);
    const { logs, span } = await openLogs(place);
    const where = [anyOf(['requestId'], id)];
    const found = await logs.find({ logs: EVERY_LOG, where, ...span, limit: MOST });
    if (found.length === 0) {
      requireLooked(logs);
      throw notFound(
        `no line of this call in the log of ${place.since ?? 'the local stack'}: it was allowed and ` +
          'not sampled, or is older, or of another stage; a line takes a minute to be found',
      );
    }
    const lines = found.toSorted((one, other) => one.at - other.at);
    return { json: lines, text: lines.map(told).join('\n\n'), ...noteOf(logs.missing()) };
  },
});

const told = ({ at, log, members }: Line): string => {
  const said = Object.entries(members).filter(([name]) => !UNSAID.includes(name));
  return `${new Date(at).toISOString()}  ${log}\n${record(Object.fromEntries(said))}`;
};

const noteOf = (missing: readonly string[]): { note?: string } =>
  missing.length === 0
    ? {}
    : { note: `not looked at, since there is no such log group: ${missing.join(', ')}` };
