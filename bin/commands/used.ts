/**
 * latchkey used: who used a key, from where and for what: the calls of it that are in the log.
 *
 * Whether a key was used at all, and about how often, is in `key show`: that is noted at each use, and not
 * a matter of the log.
 *
 * @module
 */
import { parseId } from '../../lib/faces/admin/opaque-id.ts';
import { parseKeyId } from '../../lib/guard/api-key.ts';
import { table } from '../api/table.ts';
import { anyOf, type Line } from '../logs/asked.ts';
import { requireLooked } from '../logs/every-log.ts';
import { GUARDED } from '../logs/guarded.ts';
import { IN_LOGS, IN_LOGS_USAGE, openLogs } from '../logs/open.ts';
import { type Command, command } from './command.ts';
import { Misuse } from './failure.ts';

const MOST = 1000;
const RAW = /^(?:key-)?[0-9a-f-]{36}(?:~[0-9a-f-]{36})?$/;
const COLUMNS = {
  ...{ CALLS: 'calls', LAST: 'lastUsed', OUTCOME: 'code', ADDRESS: 'address', API: 'api' },
  ...{ RESOURCE: 'resource', LETTER: 'letter', BECAUSE: 'reason' },
};

export const used: Command = command({
  summary:
    'says from where a key or a session was used, and for what; KEY as `key ls` shows it, lk_… without its secret, or the X-Key',
  operands: ['KEY'],
  usage: IN_LOGS_USAGE,
  options: IN_LOGS,
  async run([given = ''], place) {
    const key = parseKeyId(given)?.key ?? parseId(given)?.key ?? (RAW.test(given) ? given : '');
    if (key === '')
      throw new Misuse(
        'expected KEY: an id of `key ls`, lk_… up to its second underscore, or X-Key',
      );
    const { logs, span } = await openLogs(place);
    const where = [anyOf(['key', 'claimed.key'], key)];
    const found = await logs.find({ logs: GUARDED, where, ...span, limit: MOST });
    requireLooked(logs);
    const items = grouped(found);
    const cut = found.length === MOST ? `only the first ${MOST} calls; ` : '';
    return { json: items, text: table(items, COLUMNS), note: `${cut}${NOTE}` };
  },
});

const NOTE =
  'refused calls are all in the log, of the allowed ones the share that logAllowedPercent names, ' +
  'and of those at Latchkey itself none; ' +
  'a reason with "claimed" was said of a call that only claimed to have the key';

/** The same call from the same place is one row. */
function grouped(lines: readonly Line[]) {
  const rows = new Map<string, Record<string, unknown> & { calls: number }>();
  for (const { at, members } of lines) {
    const { code, address, route, api = route, resource, letter, claimed, reason } = members;
    const because = claimed && reason ? `${reason} (claimed)` : reason;
    const row = { code, address, api, resource, letter, reason: because };
    const id = JSON.stringify(row);
    const before = rows.get(id)?.calls ?? 0;
    rows.set(id, { calls: before + 1, lastUsed: Math.floor(at / 1000), ...shown(row) });
  }
  return [...rows.values()].sort((one, other) => other.calls - one.calls);
}

const shown = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
