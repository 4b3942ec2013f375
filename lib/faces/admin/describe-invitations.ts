/**
 * The admin API: inviting users.
 *
 * @module
 */
import * as v from 'valibot';
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { BASE } from './call.ts';
import { refused } from './describe-collection.ts';

export const INVITATIONS: Operations = {
  [`POST ${BASE}/users/{id}/invitation`]: {
    id: 'adminInviteUser',
    summary: 'Send an invited user the mail again, with another link; those before go on working.',
    security: ANY_CALLER,
    answers: {
      202: json(v.strictObject({}), 'The mail is on its way.'),
      ...refused(400, 404, 409),
    },
  },
};
