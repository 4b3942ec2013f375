/**
 * The admin API: who is signed in, and the end of it.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import { BASE } from './call.ts';
import { gone, refused } from './describe-collection.ts';
import * as lists from './list-schemas.ts';
import * as schemas from './schemas.ts';

const { pageOf } = answers;

export const SESSIONS: Operations = {
  [`GET ${BASE}/sessions`]: {
    id: 'adminListSessions',
    summary: 'List the live sessions of a subject, or of a domain.',
    security: ANY_CALLER,
    query: lists.SessionPageQuery,
    about: {
      domain: 'In place of a subject: all of this domain, the last to expire first.',
      kind: 'Only those of this kind, as the list shows it.',
      client: 'Only those of this client.',
      address: 'Only those that were opened from this address.',
    },
    answers: { 200: json(pageOf(answers.Session), 'A page.'), ...refused(400, 404) },
  },
  [`DELETE ${BASE}/sessions`]: {
    id: 'adminSignOut',
    summary: 'End all sessions of a subject, or of a domain.',
    security: ANY_CALLER,
    query: schemas.SignOutQuery,
    about: { subject: 'The id of a user or a client; or else', domain: 'a whole domain.' },
    answers: { 204: { description: 'All have ended.' }, ...refused(400, 404, 409) },
  },
  [`GET ${BASE}/sessions/{id}`]: {
    id: 'adminShowSession',
    summary: 'Show a session.',
    security: ANY_CALLER,
    answers: { 200: json(answers.Session, 'As it is now.'), ...refused(400, 404) },
  },
  [`DELETE ${BASE}/sessions/{id}`]: {
    id: 'adminEndSession',
    summary: 'End a session: its next call is refused.',
    security: ANY_CALLER,
    answers: { 204: gone, ...refused(400) },
  },
};
