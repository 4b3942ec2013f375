/** The local Lambda: functions in workers, with an environment of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { startLambda } from '../../dev/lambda.ts';
import { resolveStack } from '../../dev/template.ts';

const SOURCE = `
let calls = 0;
exports.count = async () => ++calls;
exports.env = async () => process.env;
exports.context = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });
exports.fail = async () => { throw Object.assign(new Error('no'), { name: 'TypeError' }); };
exports.exit = async () => process.exit(3);
exports.crash = async () => { setTimeout(() => { throw new Error('late'); }); await new Promise(() => {}); };
exports.wait = async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return ms; };
let met;
exports.meet = () => { const first = met; met ??= Promise.withResolvers(); first?.resolve(); return met.promise.then(() => 'met'); };
exports.nothing = async () => undefined;
exports.log = async () => { console.log('hello'); };
exports.any = async (event) => exports[event.do](event);
`;

function setUp(handler: string, timeout = 3) {
  const codeDir = mkdtempSync(join(tmpdir(), 'latchkey-lambda-'));
  const write = (source: string) => writeFileSync(join(codeDir, 'code.js'), source);
  write(SOURCE);
  const Properties = {
    FunctionName: 'fn',
    Handler: `code.${handler}`,
    Timeout: timeout,
    MemorySize: 512,
    Environment: { Variables: { ISSUER: 'http://here', COUNT: 3 } },
  };
  const Resources = { Fn: { Type: 'AWS::Lambda::Function', Properties } };
  const lines: string[] = [];
  const lambda = startLambda({
    stacks: [{ stack: resolveStack({ Resources }, { name: 'test' }), codeDir }],
    endpoints: { dynamodb: 'http://db', secretsManager: 'http://secrets', sqs: 'http://sqs' },
    log: (line) => lines.push(line),
  });
  onTestFinished(async () => {
    await lambda.stop();
    rmSync(codeDir, { recursive: true, force: true });
  });
  const call = (event: unknown = {}) => lambda.invoke('fn', event);
  return { lambda, call, write, lines };
}

describe('a function', () => {
  test('sees its own environment and nothing of ours', async () => {
    const env = await setUp('env').call();
    expect(env).toMatchObject({
      ISSUER: 'http://here',
      COUNT: '3',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_ENDPOINT_URL_DYNAMODB: 'http://db',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://secrets',
    });
    expect(env).not.toHaveProperty('HOME');
  });

  test('keeps its state between calls', async () => {
    const { call } = setUp('count');
    expect([await call(), await call()]).toEqual([1, 2]);
  });

  test('is found by name, by ARN, and by ARN with an alias', async () => {
    const { lambda } = setUp('count');
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
    for (const name of ['fn', arn, `${arn}:live`]) await lambda.invoke(name, {});
    await expect(lambda.invoke('other', {})).rejects.toThrow(
      'no local stack has the function other',
    );
  });

  test('gets a context, and no result is null', async () => {
    expect(await setUp('context').call()).toMatchObject({
      functionName: 'fn',
      left: expect.any(Number),
    });
    expect(await setUp('nothing').call()).toBeNull();
  });

  test('runs several calls at once', async () => {
    // Each of the two ends only when the other has begun.
    const { call } = setUp('meet');
    expect(await Promise.all([call(), call()])).toEqual(['met', 'met']);
  });

  test('has its output passed on', async () => {
    const { call, lines, lambda } = setUp('log');
    await call();
    await expect.poll(() => lines).toContain('fn: hello');
    await lambda.stop();
  });
});

describe('a function that fails', () => {
  test('gives the type and message of its error', async () => {
    const error = { errorType: 'TypeError', message: 'no' };
    await expect(setUp('fail').call()).rejects.toMatchObject(error);
  });

  test.each(['exit', 'crash'])(
    'by %s fails its calls, and the next one gets a new worker',
    async (how) => {
      const { call } = setUp('any');
      expect(await call({ do: 'count' })).toBe(1);
      const waiting = call({ do: 'wait', ms: 2000 });
      const results = await Promise.allSettled([call({ do: how }), waiting]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await call({ do: 'count' })).toBe(1);
    },
  );

  test('by taking longer than its Timeout is told so', async () => {
    await expect(setUp('wait', 0.1).call({ ms: 1000 })).rejects.toMatchObject({
      errorType: 'Sandbox.Timedout',
      message: 'Task timed out after 0.10 seconds',
    });
  });

  test('to load fails each call, and recovers with its code', async () => {
    const { call, write } = setUp('count');
    write('throw new Error("ISSUER is missing")');
    await expect(call()).rejects.toThrow('ISSUER is missing');
    write(SOURCE);
    expect(await call()).toBe(1);
  });
});

test('reload gives new calls the new code, and lets calls in flight end', async () => {
  const { lambda, call, write } = setUp('any');
  const before = call({ do: 'wait', ms: 200 });
  await call({ do: 'count' });
  write(SOURCE.replace('return ms', 'return "new"'));
  lambda.reload();
  expect(await call({ do: 'wait', ms: 1 })).toBe('new');
  expect(await before).toBe(200);
});
