/**
 * latchkey explain: why a call with a session, an API key or a domain token is allowed or not.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import type { Answer } from '../api/http.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { type Command, command, required } from './command.ts';
import { Misuse } from './failure.ts';

type Step = { check: string; passed: boolean; detail: string };

export const explain: Command = command({
  summary: 'says step by step why a call is allowed or not; by the id of a key, token or session',
  operands: ['METHOD', 'PATH'],
  usage: '--key ID',
  options: { ...WHERE, key: { type: 'string' } },
  async run([method = '', path = ''], { url, local, key }) {
    const id = required(key, 'key');
    if (id.startsWith('lk_')) throw new Misuse('--key is the id of a key, never the key itself');
    const api = adminApi({ url, local });
    const asked = { method: method.toUpperCase(), path };
    const { body } = await api.get(['sessions', id, 'explain'], asked);
    return { json: body, text: `${stepsOf(body)}\n\n${verdictOf(body)}` };
  },
});

const stepsOf = ({ steps }: Answer['body']): string =>
  table(
    (steps as Step[]).map(({ passed, ...step }) => ({ ...step, passed: passed ? 'yes' : 'NO' })),
    { OK: 'passed', CHECK: 'check', BECAUSE: 'detail' },
  );

const verdictOf = ({ verdict, own }: Answer['body']): string =>
  own ? `${verdict}, for own objects only` : String(verdict);
