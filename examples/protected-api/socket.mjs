/**
 * A WebSocket API that knows nothing of tokens: the authorizer was asked when the client connected,
 * and what it said of the caller comes with every message.
 */

/** Seconds. */
const MAX_CONNECTION_AGE = 300;

/** A browser can send no header, so its token may come as a subprotocol: it waits for an answer. */
export const connect = async ({ headers }) => {
  const offered = Object.entries(headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
  );
  // The name of the scheme is echoed, never the token beside it.
  const chosen = offered?.[1]
    .split(',')
    .map((name) => name.trim())
    .includes('bearer');
  return { statusCode: 200, ...(chosen && { headers: { 'Sec-WebSocket-Protocol': 'bearer' } }) };
};

/**
 * Nobody is asked again while a connection lives: so one older than this is served no more, and a
 * revocation counts at most that many seconds later.
 */
export const message = async ({ body, requestContext }) => {
  const { routeKey, connectedAt, requestTimeEpoch, authorizer = {} } = requestContext;
  const age = (requestTimeEpoch - connectedAt) / 1000;
  if (!(age < MAX_CONNECTION_AGE)) return reply(401, { error: 'reconnect' });
  const { principalId, integrationLatency, ...caller } = authorizer;
  return reply(200, routeKey === 'whoami' ? { caller } : { echo: body, subject: caller.subject });
};

export const disconnect = async () => ({ statusCode: 200 });

const reply = (statusCode, answer) => ({ statusCode, body: JSON.stringify(answer) });
