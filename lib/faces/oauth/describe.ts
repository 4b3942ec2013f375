/**
 * The OAuth 2.0 face, Mluvii's name for the token endpoint included.
 *
 * @module
 */

import { type Face, json, type Operation } from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { CLIENT } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as schemas from './schemas.ts';

const FORM = 'application/x-www-form-urlencoded';
const refused = refusals({ 'application/json': answers.Failed });

const token = (id: string, summary: string): Operation => ({
  id,
  summary,
  security: CLIENT,
  body: {
    content: { [FORM]: schemas.TokenRequest },
    example: {
      grant_type: 'client_credentials',
      client_id: 'demo-api',
      client_secret: 'demo-api-password',
    },
  },
  answers: { 200: json(answers.TokenOfUser, 'Issued.'), ...refused(400, 401) },
});

const revoke: Operation = {
  id: 'oauthRevoke',
  summary: 'Revoke a token that was issued to the client, or by a dialect (RFC 7009).',
  security: CLIENT,
  body: {
    content: { [FORM]: schemas.Revocation },
    example: { token: 'any', client_id: 'demo-api', client_secret: 'demo-api-password' },
  },
  answers: {
    200: json(answers.Revoked, 'The token is not valid, now or already.'),
    ...refused(400, 401),
  },
};

/** A form by GET would put its credentials into a URL. */
const postOnly = (id: string): Operation => ({
  id,
  summary: 'Refused: only POST is allowed here.',
  security: CLIENT,
  answers: { ...refused(400, 401, 405) },
});

export const OAUTH: Face = {
  tag: 'OAuth',
  description: 'OAuth 2.0 for clients, as Mluvii and any OAuth library speak it.',
  prefix: 'OAuth',
  requests: [schemas],
  answers: [answers],
  operations: {
    'POST /oauth/token': token('oauthToken', 'Issue a token (RFC 6749 §3.2).'),
    'POST /login/connect/token': token('mluviiToken', 'Issue a token, by the name Mluvii knows.'),
    'POST /oauth/revoke': revoke,
    'GET /oauth/token': postOnly('oauthTokenByGet'),
    'GET /login/connect/token': postOnly('mluviiTokenByGet'),
    'GET /oauth/revoke': postOnly('oauthRevokeByGet'),
    'GET /oauth/introspect': postOnly('oauthIntrospectByGet'),
  },
};
