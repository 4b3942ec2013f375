/**
 * A WebSocket API that knows nothing of tokens: the authorizer was asked when the client connected,
 * and what it said of the caller comes with every message.
 */

/** Seconds. */
const MAX_CONNECTION_AGE = 300;

/**
 * A browser can set no header, so its token may come as the subprotocol after `latchkey`, and then
 * it waits for an answer: the name is echoed, never the token.
 */
export const connect = async ({ headers }) => {
  const offered = Object.entries(headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
  );
  const isOurs = offered?.[1].split(',', 1)[0].trim() === 'latchkey';
  return { statusCode: 200, ...(isOurs && { headers: { 'Sec-WebSocket-Protocol': 'latchkey' } }) };
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
