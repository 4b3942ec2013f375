/** Users of other domains and roles than those seeded, and their sessions in the Appmixer dialect. */

import type { Table } from '../../../lib/aws/table.ts';
import { editRole, type RoleEdit } from '../../../lib/manage/roles/edit.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import type { Sent } from '../calls/events.ts';
import type { Answer, Credential, Service } from '../running/service.ts';

export { saveNew as addUser } from './people.ts';

export const sendJson = (body: unknown, token?: string): Sent => ({
  headers: { 'content-type': 'application/json', ...(token && bearerOf(token)) },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const bearerOf = (token: string) => ({ authorization: `Bearer ${token}` });

/** Without a look at the signature. */
export const claimsOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString('utf8'));

/** Both halves, as Webitel's logout wants them. */
export const credentialOf = ({ body }: Answer): Credential => ({
  token: String(body['token']),
  key: String(claimsOf(body['token'])['sid']),
});

export const addDomain = (directory: Table, name: string) =>
  createDomain(directory, { name, disabled: false, generation: 1 });

export const addRole = (directory: Table, role: Pick<RoleEdit, 'name'> & Partial<RoleEdit>) =>
  editRole(directory, { number: -1, parents: [], acl: {}, ...role });

export async function signIn(service: Service, username: string, password = 'secret') {
  const answer = await service.send('POST /user/auth', sendJson({ username, password }));
  if (answer.status !== 200) throw new Error(`${username}: ${JSON.stringify(answer.body)}`);
  return credentialOf(answer).token;
}
