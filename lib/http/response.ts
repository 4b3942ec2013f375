/**
 * Responses of API Gateway HTTP APIs, payload format 2.0.
 *
 * @module
 */
export type HttpResponse = {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
};

/** Never cached unless the headers say so: most answers hold a credential or speak of one. */
export function json(
  statusCode: number,
  value: object,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify(value),
  };
}
