/**
 * The admin API: who holds a role, and what a change of it would do.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { pageOf } from './answers.ts';
import { BASE } from './call.ts';
import { changeBody, refused } from './describe-collection.ts';
import * as holding from './holding-answers.ts';
import * as lists from './list-schemas.ts';
import * as schemas from './schemas.ts';

export const ROLES: Operations = {
  [`GET ${BASE}/roles/{id}/holders`]: {
    id: 'adminListRoleHolders',
    summary: 'List who holds a role by name.',
    description:
      'Users and clients, then API keys and tokens of whole domains. It takes `r` on `admin/users`, ' +
      '`admin/clients`, `admin/keys` and `admin/domain-tokens`, too.',
    security: ANY_CALLER,
    query: lists.DomainPageQuery,
    about: { domain: 'Only those of this domain.' },
    answers: { 200: json(pageOf(holding.RoleHolder), 'A page.'), ...refused(400, 404) },
  },
  [`PATCH ${BASE}/roles/{id}/preview`]: {
    id: 'adminPreviewRole',
    summary: 'Say what a change of a role would do, and change nothing.',
    security: ANY_CALLER,
    body: changeBody(schemas.RoleChange, { acl: { cdr: null } }),
    answers: {
      200: json(holding.RolePreview, 'Who gains what, and who loses what.'),
      ...refused(400, 404),
    },
  },
};
