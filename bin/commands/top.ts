/**
 * latchkey top: which keys, subjects or reasons have the most refused calls, or with --allowed the most of
 * the allowed ones that are in the log.
 *
 * @module
 */
import { table } from '../api/table.ts';
import { anyOf } from '../logs/asked.ts';
import { requireLooked } from '../logs/every-log.ts';
import { GUARDED, REFUSED } from '../logs/guarded.ts';
import { IN_LOGS, IN_LOGS_USAGE, openLogs } from '../logs/open.ts';
import { type Command, command, numberOption, required } from './command.ts';
import { Misuse } from './failure.ts';

const BY = ['key', 'subject', 'reason', 'rule', 'client', 'domain', 'api', 'address', 'resource'];
const SHOWN = '20';

export const top: Command = command({
  summary: 'counts refused calls by who made them, or why; --allowed the share of the others',
  usage: `--by ${BY.slice(0, 3).join('|')} ${IN_LOGS_USAGE} [--allowed] [--limit N]`,
  options: {
    ...IN_LOGS,
    by: { type: 'string' },
    allowed: { type: 'boolean', default: false },
    limit: { type: 'string', default: SHOWN },
  },
  async run(_operands, { by: given, allowed, limit, ...place }) {
    const by = required(given, 'by');
    if (!BY.includes(by)) throw new Misuse(`--by must be one of ${BY.join(', ')}`);
    const most = numberOption(limit, 'limit', 1) ?? Number(SHOWN);
    const { logs, span } = await openLogs(place);
    const codes = allowed ? ['allowed'] : REFUSED;
    const where = [anyOf(['code'], ...codes)];
    const found = await logs.count({ logs: GUARDED, where, ...span, limit: most }, by);
    requireLooked(logs);
    const items = found.map(({ value, lines }) => ({ [by]: value, calls: lines }));
    const note = allowed && { note: SAMPLED };
    return { json: items, text: table(items, { [by.toUpperCase()]: by, CALLS: 'calls' }), ...note };
  },
});

const SAMPLED = 'of the allowed calls only the share that logAllowedPercent names is in the log';
