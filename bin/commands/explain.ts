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
    const said = [stepsOf(body), verdictOf(body), ...lackingOf(body)];
    return { json: body, text: said.join('\n\n') };
  },
});

const stepsOf = ({ steps }: Answer['body']): string =>
  table(
    (steps as Finding[]).map(({ passed, ...step }) => ({ ...step, passed: passed ? 'yes' : 'NO' })),
    { OK: 'passed', CHECK: 'check', BECAUSE: 'detail' },
  );

const verdictOf = ({ verdict, own }: Answer['body']): string =>
  own ? `${verdict}, for own objects only` : String(verdict);

type Lack = { where: string; resource?: string; letter?: string };
const WANTED: Readonly<Record<string, (lack: Lack) => string>> = {
  credential: () => 'another sign-in, or another key',
  registry: () => 'a resource whose pattern covers the path',
  method: () => 'a method for which a letter stands',
  roles: ({ resource, letter }) => `${letter} on ${resource} in a role of its owner`,
  key: ({ resource, letter }) => `${letter} on ${resource} in what the key itself was given`,
  scope: ({ resource = 'RESOURCE', letter = 'LETTERS' }) =>
    `${resource}:${letter} in the scope, and in what the client is registered for`,
};

function lackingOf({ lacking }: Answer['body']): string[] {
  const wanted = (lacking as Lack[]).map((lack) => WANTED[lack.where]?.(lack) ?? lack.where);
  return wanted.length === 0 ? [] : [`to allow it: ${wanted.join('; and ')}`];
}
