/**
 * The admin API: what happened, and what became of one call.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as audit from './audit-answers.ts';
import * as auditSchemas from './audit-schemas.ts';
import { BASE } from './call.ts';
import { refused } from './describe-collection.ts';

export const AUDIT: Operations = {
  [`GET ${BASE}/audit/decisions`]: {
    id: 'adminListDecisions',
    summary: 'Find what the authorizer logged of one call: refused, or allowed and sampled.',
    security: ANY_CALLER,
    query: auditSchemas.DecisionsQuery,
    about: {
      request: 'As in `apigw-requestid` or `x-amzn-requestid` of the answer.',
      hours: 'How far back.',
    },
    answers: { 200: json(audit.Decisions, 'None where none is found.'), ...refused(400, 503) },
  },
  [`GET ${BASE}/audit`]: {
    id: 'adminListAudit',
    summary: 'List what happened, newest first: sign-ins, and all that was changed.',
    security: ANY_CALLER,
    query: auditSchemas.AuditQuery,
    about: { domain: 'Only what happened in this domain.' },
    answers: { 200: json(answers.pageOf(audit.Event), 'A page.'), ...refused(400, 404) },
  },
};
