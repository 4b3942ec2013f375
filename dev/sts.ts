/**
 * A local STS: who holds the credentials, over the real wire format (AWS Query, XML). There is one answer.
 *
 * Answers under a loopback host alone. Not checked: signatures.
 *
 * @module
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from './gateway/server.ts';
import { ACCOUNT } from './names.ts';
import { isLoopback } from './secrets-manager.ts';

export const LOCAL_ARN = `arn:aws:iam::${ACCOUNT}:user/local`;

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>${LOCAL_ARN}</Arn><UserId>local</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult>
</GetCallerIdentityResponse>`;
const UNKNOWN = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The local STS only says who calls.</Message></Error></ErrorResponse>`;

export async function startSts(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response): Promise<void> => {
    if (!isLoopback(request.headers.host)) return void response.writeHead(400).end();
    const known = new URLSearchParams(await text(request)).get('Action') === 'GetCallerIdentity';
    response.writeHead(known ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(known ? IDENTITY : UNKNOWN);
  });
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
