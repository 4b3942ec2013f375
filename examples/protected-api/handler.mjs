/** Of the pages that may read what a REST API's function answers; an HTTP API says so itself. */
const { ALLOWED_ORIGIN } = process.env;
const CORS = ALLOWED_ORIGIN ? { 'access-control-allow-origin': ALLOWED_ORIGIN } : {};

/**
 * An API that knows nothing of tokens: it answers with what the authorizer told it of the caller.
 * One handler for both kinds of API Gateway; they differ in where method, path and context are.
 */
export const echo = async (event) => {
  const { http, authorizer = {} } = event.requestContext;
  const method = http?.method ?? event.httpMethod;
  const path = event.rawPath ?? event.path;
  // A HTTP API wraps the context in `lambda`; a REST API adds two facts of its own.
  const { principalId, integrationLatency, ...context } = authorizer.lambda ?? authorizer;
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...CORS },
    body: JSON.stringify({ method, path, caller: context }),
  };
};

/** Of an HTTP API: API Gateway adds what the preflight is about. */
export const preflight = async () => ({ statusCode: 204 });
