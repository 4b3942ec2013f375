/**
 * The admin API: what says what may be done, why a call is allowed or not, and how many were.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { BASE } from './call.ts';
import * as counted from './counted.ts';
import { refused } from './describe-collection.ts';
import { EXPLAIN_ME } from './explain-me.ts';
import * as explained from './explained.ts';
import { ME } from './me.ts';
import * as schemas from './schemas.ts';

export const EXPLAINING: Operations = {
  [`GET ${BASE}/sessions/{id}/explain`]: {
    id: 'adminExplain',
    summary:
      'Say step by step why a call with this session, key or domain token is allowed or not.',
    security: ANY_CALLER,
    query: schemas.ExplainQuery,
    answers: { 200: json(explained.Explanation, 'As of now.'), ...refused(400, 404) },
  },
  [`GET ${ME}`]: {
    id: 'adminShowMe',
    summary: 'Say who the credential stands for, and what it may do.',
    security: ANY_CALLER,
    answers: { 200: json(explained.Me, 'As of now.'), ...refused() },
  },
  [`GET ${EXPLAIN_ME}`]: {
    id: 'adminExplainMe',
    summary: 'Say step by step why a call with the credential itself is allowed or not.',
    security: ANY_CALLER,
    query: schemas.ExplainQuery,
    answers: { 200: json(explained.Explanation, 'As of now.'), ...refused(400) },
  },
  [`GET ${BASE}/statistics`]: {
    id: 'adminShowStatistics',
    summary: 'Count by the hour, in the whole deployment: sign-ins, refusals, ends of sessions.',
    security: ANY_CALLER,
    query: counted.StatisticsQuery,
    about: { span: 'The last 24 hours, or the last seven days; the last hour still runs.' },
    answers: { 200: json(counted.Statistics, 'As counted so far.'), ...refused(400, 503) },
  },
  [`GET ${BASE}/statistics/alarms`]: {
    id: 'adminListAlarms',
    summary: 'Say which alarms of the deployment are up, and since when.',
    security: ANY_CALLER,
    answers: { 200: json(counted.Alarms, 'As of now.'), ...refused(503) },
  },
};
