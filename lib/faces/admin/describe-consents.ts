/**
 * The admin API: what users have agreed to.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { pageOf } from './answers.ts';
import { BASE } from './call.ts';
import { refused } from './describe-collection.ts';
import * as holding from './holding-answers.ts';
import * as lists from './list-schemas.ts';
import * as schemas from './schemas.ts';

export const CONSENTS: Operations = {
  [`GET ${BASE}/users/{id}/consents`]: {
    id: 'adminListConsents',
    summary: 'List the clients that a user has agreed may act in their name.',
    security: ANY_CALLER,
    query: schemas.PageQuery,
    answers: { 200: json(pageOf(holding.Consent), 'A page.'), ...refused(400, 404) },
  },
  [`DELETE ${BASE}/users/{id}/consents`]: {
    id: 'adminWithdrawConsent',
    summary:
      'Take back what a user has agreed to: the client’s next call in their name is refused.',
    security: ANY_CALLER,
    query: lists.ConsentQuery,
    about: { client: 'The id of the client.' },
    answers: { 204: { description: 'It has no access, now or already.' }, ...refused(400, 404) },
  },
};
