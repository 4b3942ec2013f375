/**
 * The admin API: what belongs to every person, whatever their roles.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { Act } from './acts.ts';
import { pageOf } from './answers.ts';
import { refused } from './describe-collection.ts';
import * as holding from './holding-answers.ts';
import * as lists from './list-schemas.ts';
import { MY_ACTIVITY, MY_CONSENTS } from './my-own.ts';
import * as schemas from './schemas.ts';

export const MY_OWN: Operations = {
  [`GET ${MY_CONSENTS}`]: {
    id: 'adminListMyConsents',
    summary: 'List the clients that you have agreed may act in your name.',
    security: ANY_CALLER,
    query: schemas.PageQuery,
    answers: { 200: json(pageOf(holding.Consent), 'A page.'), ...refused(400, 404) },
  },
  [`DELETE ${MY_CONSENTS}`]: {
    id: 'adminWithdrawMyConsent',
    summary: 'Take back what you have agreed to: the client’s next call in your name is refused.',
    security: ANY_CALLER,
    query: lists.ConsentQuery,
    about: { client: 'The id of the client.' },
    answers: { 204: { description: 'It has no access, now or already.' }, ...refused(400, 404) },
  },
  [`GET ${MY_ACTIVITY}`]: {
    id: 'adminListMyActivity',
    summary: 'List what happened to your account, and what you did, newest first.',
    security: ANY_CALLER,
    query: schemas.PageQuery,
    answers: { 200: json(pageOf(Act), 'A page.'), ...refused(400) },
  },
};
