/**
 * A local STS: who holds the credentials, over the real wire format (AWS Query, XML). There is one answer.
 *
 * Answers under a loopback host alone. Not checked: signatures.
 *
 * @module
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import { text } from 'node:stream/consumers';
import { type AwsServer, isLoopback, startAwsServer } from './aws-server.ts';
import { ACCOUNT } from './names.ts';

export const LOCAL_ARN = `arn:aws:iam::${ACCOUNT}:user/local`;

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>${LOCAL_ARN}</Arn><UserId>local</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult>
</GetCallerIdentityResponse>`;
const UNKNOWN = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The local STS only says who calls.</Message></Error></ErrorResponse>`;

export const startSts = (): Promise<AwsServer> =>
  startAwsServer(async (request, response): Promise<void> => {
    if (!isLoopback(request.headers.host)) return void response.writeHead(400).end();
    const known = new URLSearchParams(await text(request)).get('Action') === 'GetCallerIdentity';
    response.writeHead(known ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(known ? IDENTITY : UNKNOWN);
  });
