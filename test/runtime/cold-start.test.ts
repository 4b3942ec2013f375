/**
 * A function that cannot start says why, in its log alone; and the alarm for the authorizer counts the
 * line that AWS's runtime client really writes then.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { matchesPattern } from '../../dev/cloudwatch/filter-pattern.ts';
import { freePort } from '../../dev/ports.ts';
import { httpCall } from '../support/calls/events.ts';
import type { EmulatedFunction } from './emulated-function.ts';
import {
  compiledStack,
  definitionsOf,
  type EmulatedService,
  startEmulatedService,
} from './emulated-service.ts';
import type { Environment } from './environment.ts';

/** Of each function, one that it does not start without. */
const NEEDED: Readonly<Record<string, string>> = {
  account: 'SESSIONS_TABLE',
  admin: 'EVENTS_TABLE',
  authorizer: 'ISSUER',
  console: 'ISSUER',
  discovery: 'ISSUER',
  export: 'EXPORT_KEY',
  front: 'ISSUER',
  inspect: 'AUDIENCE',
  login: 'SIGNING_KEYS_SECRET',
  logout: 'SESSIONS_TABLE',
  notify: 'LOGOUT_QUEUE',
  openapi: 'ISSUER',
  publish: 'EVENT_BUS',
  recovery: 'DIRECTORY_TABLE',
  rotate: 'DIRECTORY_TABLE',
  signin: 'ISSUER',
  signout: 'DIRECTORY_TABLE',
  token: 'SIGNING_KEYS_SECRET',
  trail: 'EVENT_QUEUE',
  users: 'DIRECTORY_TABLE',
  webitel: 'AUDIENCE',
};
/** These two would start without any; what they are given must make sense. */
const CHECKED: Readonly<Record<string, Environment>> = {
  flush: { FLUSH_APIS: 'arn:aws:s3:::my-bucket' },
  preflight: { ALLOWED_ORIGINS: 'https://app.example.com/' },
};

let service: EmulatedService;
let started: EmulatedFunction | undefined;
beforeAll(async () => {
  service = await startEmulatedService();
}, 120_000);
afterAll(() => service.stop());
afterEach(async () => {
  await started?.stop();
  started = undefined;
});

async function startWith(name: string, environment: Environment): Promise<EmulatedFunction> {
  started = await service.startNew(name, { environment });
  return started;
}
const withoutIt = (name: string): Environment => ({ [NEEDED[name] ?? '']: '' });
const failed = (call: Promise<unknown>) => call.catch((error: Error) => error);

test('each function is tried with a setting that is missing or wrong', () => {
  const tried = [...Object.keys(NEEDED), ...Object.keys(CHECKED)];
  expect(tried.sort()).toEqual([...definitionsOf(service.stack).keys()].sort());
});

describe('a setting that is missing or wrong stops', () => {
  const all = {
    ...Object.fromEntries(Object.keys(NEEDED).map((it) => [it, withoutIt(it)])),
    ...CHECKED,
  };
  test.each(Object.entries(all))('%s, and its log names it', async (name, change) => {
    const [variable = ''] = Object.keys(change);
    const emulated = await startWith(name, change);
    expect(await failed(emulated.invoke({}))).toMatchObject({ errorType: 'ConfigError' });
    const line = emulated.log().find((it) => it.includes('Init Error'));
    expect(line).toContain(variable);
  });
});

describe('the alarm for the authorizer', () => {
  const filter = 'AuthorizerFaults';
  const { FilterPattern } = compiledStack().properties(filter);
  const counted = ({ log }: EmulatedFunction) =>
    log().filter((line) => isOurs(line) && matchesPattern(String(FilterPattern), line));
  /** The emulator speaks of itself, which Lambda does not. */
  const isOurs = (line: string) => !line.includes('(rapid)');
  const call = httpCall('GET /cdr', { authorization: 'Bearer none' });
  const nowhere = async () => `http://127.0.0.1:${await freePort()}`;

  test.each(['Text', 'JSON'])('D11: counts a start that failed, logged as %s', async (format) => {
    const change = { ISSUER: 'http://not-https.example', AWS_LAMBDA_LOG_FORMAT: format };
    const emulated = await startWith('authorizer', change);
    await failed(emulated.invoke(call));
    expect(counted(emulated).some((line) => line.includes('ISSUER'))).toBe(true);
  });

  test.each(['Text', 'JSON'])('counts code that is not there, logged as %s', async (format) => {
    const definition = { Handler: 'functions/elsewhere.handler' };
    const environment = { AWS_LAMBDA_LOG_FORMAT: format };
    started = await service.startNew('authorizer', { definition, environment });
    await failed(started.invoke(call));
    expect(counted(started).some((line) => line.includes('elsewhere'))).toBe(true);
  });

  test('counts a call that could not be decided', async () => {
    const emulated = await startWith('authorizer', { AWS_ENDPOINT_URL_DYNAMODB: await nowhere() });
    const answer = await failed(emulated.invoke(httpCall('GET /cdr', await signedIn())));
    expect(answer).toMatchObject({ message: 'fault' });
    expect(counted(emulated)).not.toEqual([]);
  });

  test.each(['Text', 'JSON'])('does not count refusals, logged as %s', async (format) => {
    const emulated = await startWith('authorizer', { AWS_LAMBDA_LOG_FORMAT: format });
    // The first is thrown, since API Gateway wants a 401 so, and the runtime logs what is thrown.
    expect(await failed(emulated.invoke(call))).toMatchObject({ message: 'Unauthorized' });
    const forbidden = httpCall('DELETE /cdr', await signedIn());
    expect(await emulated.invoke(forbidden)).toEqual({ isAuthorized: false });
    for (const code of ['Unauthorized', 'unauthenticated', 'forbidden'])
      expect(emulated.log().filter((line) => line.includes(code))).not.toEqual([]);
    expect(counted(emulated)).toEqual([]);
  });
});

test.each(['Text', 'JSON'])(
  'a line of ours is JSON and nothing else, which metric filters need, logged as %s',
  async (format) => {
    const emulated = await startWith('authorizer', { AWS_LAMBDA_LOG_FORMAT: format });
    await emulated.invoke(httpCall('DELETE /cdr', await signedIn()));
    const lines = emulated.log().filter((line) => /"forbidden"|"metrics"/.test(line));
    const codes = lines.map((line) => JSON.parse(line).code);
    expect(new Set(codes)).toEqual(new Set(['forbidden', 'metrics']));
  },
);

async function signedIn() {
  const { body } = await service.send('POST /user/auth', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: '200@mydomain.com', password: 'secret' }),
  });
  return { authorization: `Bearer ${body['token']}` };
}
