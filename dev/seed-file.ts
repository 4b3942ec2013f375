/**
 * Clients and users of somebody's own, for the local stack: `LATCHKEY_SEED` names a JSON file.
 *
 *   { "clients": [{ "id": "my-app", "secret": "…", "redirectUris": ["https://…"], … }],
 *     "users":   [{ "username": "me@example.com", "password": "…", "roles": ["user"], … }] }
 *
 * A client has the members of its registration (lib/manage/clients/register.ts), with a `secret` unless
 * it authenticates otherwise; only `id` has to be there. What is left out is as for the demo clients:
 * their domain, no roles, no scopes of its own.
 *
 * Errors: one that names the file, the place in it and what has to be there; no value is repeated.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { newClient } from '../lib/manage/clients/register.ts';
import type { Registration } from '../lib/manage/users/register.ts';
import { ClientItem } from '../lib/store/directory/clients.ts';
import { UserItem } from '../lib/store/directory/users.ts';
import { epochMilliseconds } from '../lib/time.ts';
import type { SeededClient } from './demo-clients.ts';

const Text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const Names = v.array(Text);
const registered = v.partial(
  v.strictObject(
    v.pick(ClientItem, [
      'authentication',
      'jwks',
      'jwksUri',
      'grants',
      'redirectUris',
      'postLogoutRedirectUris',
      'pkce',
      'consent',
      'idTokenAlgorithm',
      'idTokenClaims',
      'accessTokenType',
      'defaultMaxAge',
      'requireAuthTime',
      'backchannelLogoutUri',
      'allowedOrigins',
      'domains',
    ]).entries,
  ),
);
const Client = v.strictObject({
  ...registered.entries,
  id: Text,
  name: v.optional(Text),
  secret: v.optional(Text),
  domain: v.optional(Text),
  roles: v.optional(Names, []),
  scopes: v.optional(Names, []),
});
const User = v.strictObject({
  username: Text,
  password: Text,
  email: v.optional(Text),
  roles: v.optional(Names, ['user']),
  domain: v.optional(Text),
  activated: v.optional(v.boolean(), true),
  profile: v.optional(UserItem.entries.profile, {}),
});
const SeedFile = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'must be an object'),
  v.strictObject({
    clients: v.optional(v.array(Client), []),
    users: v.optional(v.array(User), []),
  }),
);

export type SeedFile = { clients: SeededClient[]; users: Registration[] };

/** @param domain - Of those who say nothing of it. */
export function readSeedFile(file: string, domain: string): SeedFile {
  const parsed = v.safeParse(SeedFile, readJson(file));
  if (!parsed.success)
    throw new Error(`${file}: ${parsed.issues.map(problemOf).join('; ')} (LATCHKEY_SEED)`);
  const clients = parsed.output.clients.map((client, index) => {
    const wanted = {
      ...client,
      name: client.name ?? client.id,
      domain: client.domain ?? domain,
    };
    check(file, index, wanted);
    return wanted;
  });
  const users = parsed.output.users.map((user) => ({ ...user, domain: user.domain ?? domain }));
  return { clients, users };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // A SyntaxError quotes the text, which holds secrets.
    const why = error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message;
    throw new Error(`${file} cannot be read: ${why} (LATCHKEY_SEED)`);
  }
}

const problemOf = (issue: v.BaseIssue<unknown>): string => {
  const place = v.getDotPath(issue) ?? 'the file';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place} is not known`;
  return issue.kind === 'schema'
    ? `${place} must be ${issue.expected}`
    : `${place} ${issue.message}`;
};

/** As strictly as everywhere, so that nothing works here that a deployment would refuse. */
function check(file: string, index: number, client: SeededClient): void {
  const { authentication = 'secret', secret } = client;
  const problem =
    (secret === undefined) === (authentication === 'secret')
      ? 'secret: is there if, and only if, the client authenticates by one'
      : undefined;
  try {
    if (problem) throw new Error(problem);
    newClient(client, secret, epochMilliseconds(0));
  } catch (error) {
    throw new Error(`${file}: clients.${index}: ${(error as Error).message} (LATCHKEY_SEED)`);
  }
}
