/**
 * GET /openapi.json: the OpenAPI document of this deployment.
 *
 * Out:    200, or 304 where If-None-Match names the document as it is; both may be cached for a while
 * Errors: none of its own
 *
 * It asks nobody, so its role permits nothing.
 *
 * @module
 * @see RFC 9110 §13.1.2 (If-None-Match compares weakly)
 */

import { DOCUMENT } from '../lib/compose/document.ts';
import { composeOpenApi } from '../lib/compose/openapi.ts';
import { sha256 } from '../lib/crypto.ts';
import { endpoints, plainError } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { json } from '../lib/http/response.ts';

const { issuer } = composeOpenApi();

const { openapi, info, ...rest } = DOCUMENT;
const document = { openapi, info, servers: [{ url: issuer }], ...rest };
const etag = `"${sha256(JSON.stringify(document)).toString('base64url').slice(0, 22)}"`;
const kept = { 'cache-control': 'public, max-age=300', etag };
const answer = json(200, document, kept);

async function show({ headers: asked }: HttpRequest) {
  const known = (asked['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  const same = known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
  return same ? { statusCode: 304, headers: kept, body: '' } : answer;
}

export const handler = endpoints({ 'GET /openapi.json': { run: show, showError: plainError } });
