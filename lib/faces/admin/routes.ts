/**
 * Every route of the admin API, below /admin/api. The first word is the collection; its ACL resource is
 * "admin/" and that word. `{id+}` takes the rest of the path: names of resources hold slashes.
 *
 * @module
 */
import { audit } from './audit.ts';
import type { Handler } from './call.ts';
import { clients } from './clients.ts';
import { consents } from './consents.ts';
import { domainTokens } from './domain-tokens.ts';
import { domains } from './domains.ts';
import { explain } from './explain.ts';
import { keys } from './keys.ts';
import { resources } from './resources.ts';
import { roles } from './roles.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { signingKeys } from './signing-keys.ts';
import { statistics } from './statistics.ts';
import { users } from './users.ts';

/** Served by another function, which signs (issue-token.ts). */
export const ISSUE_TOKEN = 'POST /domain-tokens';

export const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /users': users.list,
  'POST /users': users.create,
  'GET /users/{id}': users.show,
  'PATCH /users/{id}': users.change,
  'DELETE /users/{id}': users.remove,
  'POST /users/{id}/invitation': users.invite,
  'GET /users/{id}/consents': consents.list,
  'DELETE /users/{id}/consents': consents.withdraw,

  'GET /clients': clients.list,
  'POST /clients': clients.create,
  'GET /clients/{id}': clients.show,
  'PATCH /clients/{id}': clients.change,
  'DELETE /clients/{id}': clients.remove,
  'POST /clients/{id}/secret': clients.renew,

  'GET /keys': keys.list,
  'POST /keys': keys.create,
  'GET /keys/{id}': keys.show,
  'PATCH /keys/{id}': keys.change,
  'DELETE /keys/{id}': keys.remove,
  'POST /keys/{id}/secret': keys.renew,

  'GET /domain-tokens': domainTokens.list,
  'GET /domain-tokens/{id}': domainTokens.show,
  'PATCH /domain-tokens/{id}': domainTokens.change,
  'DELETE /domain-tokens/{id}': domainTokens.remove,

  'GET /roles': roles.list,
  'POST /roles': roles.create,
  'GET /roles/{id}': roles.show,
  'PATCH /roles/{id}': roles.change,
  'DELETE /roles/{id}': roles.remove,
  'GET /roles/{id}/holders': roles.holders,
  'PATCH /roles/{id}/preview': roles.preview,

  'GET /resources': resources.list,
  'POST /resources': resources.create,
  'PATCH /resources': resources.importAll,
  'GET /resources/{id+}': resources.show,
  'PATCH /resources/{id+}': resources.change,
  'DELETE /resources/{id+}': resources.remove,

  'GET /domains': domains.list,
  'POST /domains': domains.create,
  'GET /domains/{id}': domains.show,
  'PATCH /domains/{id}': domains.change,
  'DELETE /domains/{id}': domains.remove,

  'GET /settings': settings.show,
  'PATCH /settings': settings.change,

  'GET /sessions': sessions.list,
  'DELETE /sessions': sessions.removeAll,
  'GET /sessions/{id}': sessions.show,
  'DELETE /sessions/{id}': sessions.remove,
  'GET /sessions/{id}/explain': explain,

  'GET /signing-keys': signingKeys.list,
  'POST /signing-keys/rotation': signingKeys.rotate,
  'POST /signing-keys/withdrawal': signingKeys.withdraw,

  'GET /audit': audit.list,

  'GET /statistics': statistics.show,
};
