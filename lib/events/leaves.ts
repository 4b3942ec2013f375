/**
 * Which events each route that writes may leave, beside the list of what it demands (guard/demands.ts). A route
 * with none writes nothing that anybody has to be told of. A GET is here where it may write; its HEAD
 * never does.
 *
 * `test/events/every-write.test.ts` holds it to all routes, calls each, and finds the events.
 *
 * @module
 */
import type { EventType } from '../store/events/types.ts';

const SIGN_IN = ['session.opened', 'session.refused'] as const;
const TOKEN = ['session.opened', 'session.reused'] as const;

export const LEAVES: Readonly<Record<string, readonly EventType[]>> = {
  'POST /login': SIGN_IN,
  'POST /user/auth': SIGN_IN,
  'POST /api/v1/authenticate': SIGN_IN,

  // A code opens nothing yet.
  'POST /oauth/authorize': [],
  // A code by mail shows that the address is the user's.
  'POST /oauth/login': [...SIGN_IN, 'session.ended', 'user.changed'],
  'POST /oauth/choose': [],
  'POST /oauth/consent': ['consent.given'],
  // An order for a mail, and a count; a link is looked at, and an event is left by what spends it.
  'POST /account/forgot-password': [],
  'POST /account/locked': [],
  // A browser may try, which opens nothing.
  'POST /account/unlock': [],
  'POST /account/sign-up': [],
  'POST /account/reset-password': ['user.password-changed', 'user.changed'],
  'POST /account/reset-password/access': ['key.deleted', 'consent.withdrawn'],
  'POST /account/sign-up/finish': ['user.created'],
  'POST /account/invitation': ['user.password-changed', 'user.changed'],
  'POST /account/new-password': ['user.password-changed', 'user.changed'],
  'POST /account/verify-email': ['user.changed'],
  'POST /session/end': [],
  'POST /session/end/confirm': ['session.signed-out'],

  'POST /oauth/token': TOKEN,
  'POST /login/connect/token': TOKEN,
  'POST /oauth/introspect': [],
  'POST /oauth/userinfo': [],
  'POST /oauth/revoke': ['session.ended'],
  'POST /logout': ['session.signed-out'],

  'POST /user': ['user.created', 'session.opened'],
  'POST /user/change-password': ['user.password-changed', 'session.refused'],
  'POST /account/profile': ['user.changed'],
  // Asked for, it leaves a mail; by its link the address is changed.
  'POST /account/email': ['user.changed'],
  'POST /account/password': ['user.password-changed', 'session.refused'],
  'POST /account/sessions': ['session.ended', 'user.signed-out'],
  'POST /account/applications': ['consent.withdrawn', 'session.ended'],
  'POST /account/keys': ['key.created', 'key.deleted', 'key.secret-changed'],
  'POST /account/delete': ['user.deleted', 'key.deleted'],
  'POST /user/reset-password': ['user.password-changed'],
  'POST /user/forgot-password': [],
  'POST /user/forgot-password/reset': ['user.password-changed', 'user.changed'],
  'PUT /users/{id}': ['user.changed'],
  // Keys and tokens end with their owner; one of the same name before may have left some.
  'DELETE /users/{id}': ['user.deleted', 'key.deleted'],
  // Makes the key where there is none yet.
  'GET /api/v1/helpdesk/api_key': ['settings.changed'],
  'POST /api/v1/helpdesk/api_key': ['settings.changed'],

  'POST /api/v2/domains/{name}/settings/token': ['domain-token.created'],
  'PATCH /api/v2/domains/{name}/settings/token/{uuid}': [
    'domain-token.disabled',
    'domain-token.enabled',
  ],
  'DELETE /api/v2/domains/{name}/settings/token/{uuid}': ['domain-token.deleted'],
  'POST /api/v2/acl/roles': ['role.created'],
  'PUT /api/v2/acl/roles/{name}': ['role.changed'],
  'DELETE /api/v2/acl/roles/{name}': ['role.deleted'],

  'POST /admin/api/users': ['user.created', 'user.made-administrator', 'user.invited'],
  'POST /admin/api/users/{id}/invitation': ['user.invited'],
  'POST /admin/api/users/imports': ['user.created', 'user.made-administrator'],
  'PATCH /admin/api/users/{id}': [
    'user.changed',
    'user.disabled',
    'user.enabled',
    'user.password-changed',
    'user.made-administrator',
  ],
  'DELETE /admin/api/users/{id}': ['user.deleted', 'key.deleted'],
  'DELETE /admin/api/users/{id}/consents': ['consent.withdrawn', 'session.ended'],

  'DELETE /admin/api/me/consents': ['consent.withdrawn', 'session.ended'],

  'POST /admin/api/clients': ['client.created'],
  'PATCH /admin/api/clients/{id}': ['client.changed', 'client.disabled', 'client.enabled'],
  'DELETE /admin/api/clients/{id}': ['client.deleted', 'key.deleted'],
  'POST /admin/api/clients/{id}/secret': ['client.secret-changed'],

  'POST /admin/api/keys': ['key.created'],
  'PATCH /admin/api/keys/{id}': ['key.changed', 'key.disabled', 'key.enabled'],
  'DELETE /admin/api/keys/{id}': ['key.deleted'],
  'POST /admin/api/keys/{id}/secret': ['key.secret-changed'],

  'POST /admin/api/domain-tokens': ['domain-token.created'],
  'PATCH /admin/api/domain-tokens/{id}': [
    'domain-token.changed',
    'domain-token.disabled',
    'domain-token.enabled',
  ],
  'DELETE /admin/api/domain-tokens/{id}': ['domain-token.deleted'],

  'POST /admin/api/roles': ['role.created'],
  'PATCH /admin/api/roles/{id}': ['role.changed'],
  'DELETE /admin/api/roles/{id}': ['role.deleted'],
  // It says what the change would do.
  'PATCH /admin/api/roles/{id}/preview': [],

  'POST /admin/api/resources': ['resource.created'],
  'PATCH /admin/api/resources': ['resources.imported'],
  'PATCH /admin/api/resources/{id+}': ['resource.changed'],
  'DELETE /admin/api/resources/{id+}': ['resource.deleted'],

  'POST /admin/api/domains': ['domain.created'],
  'PATCH /admin/api/domains/{id}': ['domain.changed', 'domain.disabled', 'domain.enabled'],
  'DELETE /admin/api/domains/{id}': ['domain.deleted', 'key.deleted', 'domain-token.deleted'],

  'PATCH /admin/api/settings': ['settings.changed'],

  // That it was done is told by the rotation, which is no route's.
  'POST /admin/api/signing-keys/rotation': ['signing-keys.rotation-requested'],
  'POST /admin/api/signing-keys/withdrawal': ['signing-keys.withdrawn'],

  'DELETE /admin/api/sessions': ['user.signed-out', 'client.signed-out', 'domain.signed-out'],
  'DELETE /admin/api/sessions/{id}': ['session.ended'],
};
