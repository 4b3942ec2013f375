/**
 * latchkey statistics: how much happened in the whole deployment, from the admin API; by the hour with --json.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { type Command, command } from './command.ts';

type Counted = { by: string; counts: number[] };
const COLUMNS = { WHAT: 'what', BY: 'by', TOTAL: 'total', 'THIS HOUR': 'now' };
const WORDS: Readonly<Record<string, string>> = {
  signIns: 'signed in',
  signInsRefused: 'sign-in refused',
  callsAllowed: 'call allowed',
  callsRefused: 'call refused',
  sessionsEnded: 'sessions ended',
};

export const statistics: Command = command({
  summary: 'counts sign-ins, refusals by reason and ends of sessions, of the whole deployment',
  usage: '[--span 24h|7d]',
  options: { ...WHERE, span: { type: 'string', default: '24h' } },
  async run(_operands, { url, local, span }) {
    const { body } = await adminApi({ url, local }).get(['statistics'], { span });
    const rows = Object.entries(WORDS).flatMap(([series, what]) =>
      (body[series] as Counted[]).map(({ by, counts }) => ({
        what,
        by,
        total: counts.reduce((sum, count) => sum + count, 0),
        now: counts.at(-1) ?? 0,
      })),
    );
    return { json: body, text: table(rows, COLUMNS) };
  },
});
