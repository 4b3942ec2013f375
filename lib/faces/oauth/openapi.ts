/**
 * GET /openapi.json: the OpenAPI document of this deployment.
 *
 * Out:    200, or 304 where If-None-Match names the document as it is; both may be cached for a while
 * Errors: none of its own
 *
 * @module
 */
import { sha256 } from '../../crypto.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { isKnown } from '../../http/if-none-match.ts';
import type { HttpRequest } from '../../http/request.ts';
import { json } from '../../http/response.ts';

type Document = { openapi: string; readonly [member: string]: unknown };

/** @param document - Without `servers`. */
export function openApiRoutes(
  { openapi, info, ...rest }: Document,
  { issuer }: { issuer: string },
): Readonly<Record<string, Endpoint>> {
  const document = { openapi, info, servers: [{ url: issuer }], ...rest };
  const etag = `"${sha256(JSON.stringify(document)).toString('base64url').slice(0, 22)}"`;
  const kept = { 'cache-control': 'public, max-age=300', etag };
  const answer = json(200, document, kept);
  const run = async (request: HttpRequest) =>
    isKnown(request, etag) ? { statusCode: 304, headers: kept, body: '' } : answer;
  return { 'GET /openapi.json': { run, showError: plainError } };
}
