/**
 * One claim, whoever makes it: a token that is narrower than its session is as narrow in the admin API
 * as at any other. Real admin API, real grants.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimOf } from '../../lib/guard/claim.ts';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import type { AccessTokenClaims } from '../../lib/tokens/access-token.ts';
import { claimsOf, sendJson } from '../support/actors/accounts.ts';
import { agree, openBrowser, refreshWith, tokensOf, webClient } from '../support/actors/grants.ts';
import { makeRole } from '../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';

const ADMINISTERS = 'admin/roles:* admin/keys:* acl/roles:c';
let service: Admin;
/** Of one session of root's: with the letter `d` on `book`, and narrowed to one without it. */
let wide: string;
let narrow: string;

beforeAll(async () => {
  service = await startAdmin();
  const root = await findUserId(service.tables.directory, '100@mydomain.com');
  const browser = await openBrowser(service, root);
  const client = await webClient(service, { scopes: `${ADMINISTERS} book:d`.split(' ') });
  const agreement = await agree(service, { client, browser, scope: `${ADMINISTERS} book:d` });
  const { access, refresh } = await tokensOf(service, agreement);
  wide = access;
  const refreshed = await refreshWith(service, agreement.client, refresh, { scope: ADMINISTERS });
  narrow = String(refreshed.body['access_token']);
});
afterAll(() => service.stop());

const by = (token: string): Caller => ({ headers: { authorization: `Bearer ${token}` } });
const statusOf = async (token: string, call: string, body: object, headers = {}) =>
  (await service.admin(by(token), call, { body, headers })).status;
const MORE = { book: ['d'] };

describe('A2: a token that was narrowed when it was refreshed (RFC 6749 §6)', () => {
  test('makes no role beyond its scope, which its wider sibling makes', async () => {
    expect(await statusOf(narrow, 'POST /roles', { name: 'beyond', acl: MORE })).toBe(403);
    expect(await statusOf(wide, 'POST /roles', { name: 'beyond', acl: MORE })).toBe(201);
  });

  test('changes no role to one beyond its scope', async () => {
    await makeRole(service, { name: 'grown', acl: {} });
    const seen = { 'if-match': '*' };
    expect(await statusOf(narrow, 'PATCH /roles/grown', { acl: MORE }, seen)).toBe(403);
    expect(await statusOf(wide, 'PATCH /roles/grown', { acl: MORE }, seen)).toBe(200);
  });

  test('makes and renews no key beyond its scope', async () => {
    const key = { name: 'key', acl: MORE };
    expect(await statusOf(narrow, 'POST /keys', key)).toBe(403);
    const made = await service.admin(by(wide), 'POST /keys', { body: key });
    expect(made.status).toBe(201);
    const place = `POST /keys/${encodeURIComponent(String(made.body['id']))}/secret`;
    expect(await statusOf(narrow, place, {})).toBe(403);
    expect(await statusOf(wide, place, {})).toBe(200);
  });

  test('makes no role beyond its scope at a face without the authorizer either', async () => {
    const make = async (token: string) =>
      (
        await service.send(
          'POST /api/v2/acl/roles',
          sendJson({ roles: 'aside', allows: MORE }, token),
        )
      ).status;
    expect(await make(narrow)).toBe(403);
    expect(await make(wide)).toBe(200);
  });

  test('still does what is left of it', async () => {
    const acl = { 'admin/roles': ['r'] };
    expect(await statusOf(narrow, 'POST /roles', { name: 'within', acl })).toBe(201);
    expect(await statusOf(narrow, 'POST /keys', { name: 'key', acl })).toBe(201);
  });
});

test.each([undefined, '', ['user', 'admin']])(
  'a token with %j for a scope has that of its session',
  (scope) => {
    const claims = { ...claimsOf(wide), scope } as AccessTokenClaims;
    expect(claimOf(claims)).not.toHaveProperty('scope');
  },
);
