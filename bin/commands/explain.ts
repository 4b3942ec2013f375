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
import { A_CREDENTIAL, credentialId } from './credential-id.ts';
import { OWNER, OWNER_USAGE } from './subject.ts';

type Finding = { check: string; passed: boolean; detail: string };

export const explain: Command = command({
  summary:
    'says step by step why a call is allowed or not; ID as `key ls` or `session ls` shows it, lk_… of an API key without its secret, or X-Key with its owner',
  operands: ['METHOD', 'PATH'],
  usage: `--key ID ${OWNER_USAGE}`,
  options: { ...WHERE, ...OWNER, key: { type: 'string' } },
  async run([method = '', path = ''], { url, local, key, ...owner }) {
    const given = required(key, 'key');
    const api = adminApi({ url, local });
    const id = await credentialId(api, given, owner, A_CREDENTIAL);
    const asked = { method: method.toUpperCase(), path };
    const { body } = await api.get(['sessions', id, 'explain'], asked);
    return { json: body, text: `${stepsOf(body)}\n\n${verdictOf(body)}` };
  },
});

const stepsOf = ({ steps }: Answer['body']): string =>
  table(
    (steps as Finding[]).map(({ passed, ...step }) => ({ ...step, passed: passed ? 'yes' : 'NO' })),
    { OK: 'passed', CHECK: 'check', BECAUSE: 'detail' },
  );

const verdictOf = ({ verdict, own }: Answer['body']): string =>
  own ? `${verdict}, for own objects only` : String(verdict);
