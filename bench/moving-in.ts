/**
 * Whether 100,000 users move in within a quarter of an hour: the admin API's handler called directly, a batch
 * of a hundred after another, as `latchkey user import` sends them. What reads the streams of the tables, and on
 * AWS runs elsewhere, is not there; bench/import.ts has the local stack with all of it.
 *
 * @module
 */
import { request } from './events.ts';
import type { Target } from './report.ts';
import type { Endpoint, Service } from './service.ts';

const USERS = 100_000;
const BATCH = 100;
/** A line each, as soon as it is done: whoever breaks it off has what came before. */
const PARTS = 20;
const LIMIT_SECONDS = 900;
const HASH = `$2b$12$${'a'.repeat(53)}`;

export async function measureMovingIn(service: Service): Promise<Target[]> {
  process.env['DECISION_LOG'] = '/aws/lambda/bench-authorizer';
  const { token } = await service.logIn('100@mydomain.com');
  const { handler } = service.bundles.load<Endpoint>('admin');
  const inPart = USERS / PARTS;
  let measured = 0;
  console.log('| users | users a second |\n| --- | ---: |');
  for (let part = 0; part < PARTS; part++) {
    const began = performance.now();
    for (let first = part * inPart; first < (part + 1) * inPart; first += BATCH)
      await importBatch(handler, token, first);
    const seconds = (performance.now() - began) / 1000;
    measured += seconds;
    console.log(`| to ${(part + 1) * inPart} | ${(inPart / seconds).toFixed(0)} |`);
  }
  return [{ name: '100,000 users move in, seconds', measured, limit: LIMIT_SECONDS }];
}

async function importBatch(handler: Endpoint['handler'], token: string, first: number) {
  const numbers = Array.from({ length: BATCH }, (_, at) => first + at);
  const body = {
    users: numbers.map(userOf),
    import: { id: 'bench', lines: numbers.map((number) => number + 1) },
  };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const event = request('POST /admin/api/users/imports', headers, body);
  const route = {
    routeKey: 'POST /admin/api/{proxy+}',
    pathParameters: { proxy: 'users/imports' },
  };
  const answer = await handler({ ...event, ...route }, {});
  const { results = [] } = JSON.parse(answer.body ?? '{}') as { results?: { status: string }[] };
  if (results.length !== BATCH || results.some(({ status }) => status !== 'created'))
    throw new Error(`users from ${first} on: ${answer.statusCode} ${answer.body?.slice(0, 200)}`);
}

function userOf(number: number): object {
  const username = `moved-${number}@mydomain.com`;
  const profile = { given_name: 'Ada', family_name: `Number ${number}` };
  return { username, email: username, roles: ['user'], profile, passwordHash: HASH };
}
