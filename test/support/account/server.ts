/** Serves an account: JSON by its target, XML by its action, and S3 by its path. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ACCOUNT, type Account, AwsError } from './account.ts';
import { CLOUDFORMATION } from './cloudformation.ts';
import { JSON_ACTIONS } from './json-services.ts';

type Answer = { status: number; type: string; body: string };

export async function serveAccount(account: Account) {
  const server = createServer(async (request, response) => send(response, await answer(request)));
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') return json(account, target, body);
    const isQuery = request.headers['content-type']?.includes('x-www-form-urlencoded');
    if (isQuery) return query(account, Object.fromEntries(new URLSearchParams(body)));
    return s3(account, request, body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

/** Each is written down, and refused where the caller has no right to it. */
function admit({ calls, denied }: Account, action: string, error: string): void {
  calls.push(action);
  if (!denied.has(action)) return;
  const who = `arn:aws:iam::${ACCOUNT}:user/operator`;
  throw new AwsError(error, `User: ${who} is not authorized to perform: ${action}`);
}

function json(account: Account, target: string, body: string): Answer {
  const type = 'application/x-amz-json-1.1';
  try {
    admit(account, target.split('.')[1] ?? '', 'AccessDeniedException');
    const run = JSON_ACTIONS[target];
    if (!run) throw new AwsError('UnknownOperationException', target);
    return { status: 200, type, body: JSON.stringify(run(JSON.parse(body), account)) };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: 400, type, body: JSON.stringify({ __type: name, message }) };
  }
}

function query(account: Account, asked: Record<string, string>): Answer {
  const type = 'text/xml';
  const { Action = '' } = asked;
  try {
    admit(account, Action, 'AccessDenied');
    const run = CLOUDFORMATION[Action];
    if (!run) throw new AwsError('InvalidAction', Action);
    const result = `<${Action}Result>${run(asked, account)}</${Action}Result>`;
    return { status: 200, type, body: `<${Action}Response>${result}</${Action}Response>` };
  } catch (error) {
    const { name, message } = error as Error;
    const inner = `<Type>Sender</Type><Code>${name}</Code><Message>${message}</Message>`;
    const body = `<ErrorResponse><Error>${inner}</Error></ErrorResponse>`;
    return { status: name === 'AccessDenied' ? 403 : 400, type, body };
  }
}

function s3(account: Account, { url = '/', method }: IncomingMessage, body: string): Answer {
  const type = 'application/xml';
  const [bucket = ''] = url.slice(1).split(/[/?]/);
  try {
    admit(account, method === 'POST' ? 'DeleteObjects' : 'ListObjectVersions', 'AccessDenied');
    const keys = account.buckets.get(bucket);
    if (!keys) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
    if (method === 'POST') {
      const gone = [...body.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key);
      account.buckets.set(
        bucket,
        keys.filter((key) => !gone.includes(key)),
      );
      return { status: 200, type, body: '<DeleteResult/>' };
    }
    // A page has at most a thousand; here two, so that there are pages.
    const page = keys
      .slice(0, 2)
      .map((key) => `<Version><Key>${key}</Key><VersionId>null</VersionId></Version>`);
    return { status: 200, type, body: `<ListVersionsResult>${page.join('')}</ListVersionsResult>` };
  } catch (error) {
    const { name, message } = error as Error;
    const text = `<Error><Code>${name}</Code><Message>${message}</Message></Error>`;
    return { status: name === 'NoSuchBucket' ? 404 : 403, type, body: text };
  }
}
