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
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ method, path, caller: context }),
  };
};
