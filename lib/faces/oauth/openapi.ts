/**
 * GET /openapi.json: the OpenAPI document of this deployment.
 *
 * Out:    200, or 304 where If-None-Match names the document as it is; both may be cached for a while
 * Errors: none of its own
 *
 * @module
 * @see RFC 9110 §13.1.2 (If-None-Match compares weakly)
 */
import { sha256 } from '../../crypto.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
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

function isKnown({ headers }: HttpRequest, etag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  return known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}
