/**
 * Whether the time of an answer tells who has an account: `POST /user/forgot-password` for names that
 * somebody has and for names of nobody, in turns, each name and each address a few times only, so that
 * nobody has to wait.
 *
 * @module
 */
import { startSqs } from '../dev/sqs.ts';
import { resolveStack } from '../dev/template.ts';
import { newUser } from '../lib/manage/users/register.ts';
import { saveUser } from '../lib/store/directory/users.ts';
import { epochMilliseconds } from '../lib/time.ts';
import { request } from './events.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Endpoint, Service } from './service.ts';
import { median, timeInTurns } from './statistics.ts';

const ROUTE = 'POST /user/forgot-password';
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/mails';
const ROUNDS = 200;
const WARM_UP = 40;
/** Of each kind; fewer calls each than are free. */
const NAMES = 40;
/** Of the medians, in either direction. */
const LIMIT = 1.05;

export async function measureUnknown(service: Service): Promise<Target[]> {
  const template = {
    Resources: { Mails: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails' } } },
  };
  const stack = resolveStack(template, { name: 'bench-dev' });
  const sqs = await startSqs(stack, { invoke: async () => undefined });
  Object.assign(process.env, { MAIL_QUEUE: QUEUE, AWS_ENDPOINT_URL_SQS: sqs.endpoint });
  try {
    const { handler } = service.bundles.load<Endpoint>('users');
    const calls = ['known', 'unknown'].map((kind) => asking(handler, kind));
    await Promise.all(Array.from({ length: NAMES }, (_, index) => add(service, index)));
    await timeInTurns(calls, WARM_UP);
    const [known = 0, unknown = 0] = (await timeInTurns(calls, ROUNDS)).map(median);
    printTable(
      ['forgotten password of', 'p50'],
      [
        ['somebody', milliseconds(known)],
        ['nobody', milliseconds(unknown)],
      ],
    );
    const measured = Math.max(known / unknown, unknown / known);
    return [{ name: 'a forgotten password, p50 of one to the other', measured, limit: LIMIT }];
  } finally {
    await sqs.stop();
  }
}

const addressOf = (kind: string, index: number): string => `${kind}-${index}@bench.example`;

async function add({ tables }: Service, index: number): Promise<void> {
  const email = addressOf('known', index);
  const about = { username: email, email, roles: ['user'], domain: 'mydomain.com' };
  const { status } = await saveUser(tables.directory, {
    after: newUser(about, epochMilliseconds(Date.now())),
  });
  if (status === 'conflict') return add({ tables } as Service, index);
  if (status !== 'ok') throw new Error(`${email}: ${status}`);
}

function asking(handler: Endpoint['handler'], kind: string): () => Promise<void> {
  let count = 0;
  return async () => {
    count += 1;
    const body = { email: addressOf(kind, count % NAMES) };
    const event = request(ROUTE, { 'content-type': 'application/json' }, body);
    event.requestContext.http.sourceIp = `198.51.${kind.length}.${count % 250}`;
    const { statusCode } = await handler(event, {});
    if (statusCode !== 200) throw new Error(`${kind}: ${statusCode}`);
  };
}
