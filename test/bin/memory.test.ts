/** latchkey memory: what all share is remembered or not, and how it is spread, in an operator's words. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { COMMANDS } from '../../bin/commands/all.ts';
import { LOCAL_ARN, startSts } from '../../dev/sts.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { createEventsTable, createTable, localClient } from '../support/running/tables.ts';
import { eventsIn } from '../support/running/trail.ts';

const STAGE = `s${Math.random().toString(36).slice(2, 10)}`;
const client = localClient(inject('dynamodb'));
const directory = { client, name: `latchkey-${STAGE}-directory` };
const events = { client, name: `latchkey-${STAGE}-events` };
let before: NodeJS.ProcessEnv;
let sts: Awaited<ReturnType<typeof startSts>>;

beforeAll(async () => {
  before = { ...process.env };
  sts = await startSts();
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    AWS_ENDPOINT_URL_STS: sts.endpoint,
    // Where no stack answers, events are kept as long as by default.
    AWS_ENDPOINT_URL_CLOUDFORMATION: sts.endpoint,
  });
  await Promise.all([createTable(client, directory.name), createEventsTable(client, events.name)]);
  await registerResources(directory, { cdr: [] });
});
afterAll(async () => {
  process.env = before;
  await sts.stop();
});

const run = async (name: string, ...words: string[]) => {
  const { json, text } =
    (await COMMANDS[`memory ${name}`]?.run([...words, '--stage', STAGE])) ?? {};
  return { json, text };
};
const ON = (buckets: number, shards: number) => ({ on: true, buckets, shards });

describe('latchkey memory', () => {
  test('goes on, is spread, and goes off, and says each time what is so now', async () => {
    expect(await run('status')).toEqual({
      json: { on: false },
      text: 'off: every call reads what all callers share',
    });
    expect((await run('on')).json).toEqual(ON(1, 1));
    expect(await run('spread', '--buckets', '4', '--shards', '8')).toEqual({
      json: ON(4, 8),
      text: 'on: 4 buckets of domains, 8 manifests each',
    });
    expect((await run('status')).json).toEqual(ON(4, 8));
    // What is not named stays as it is.
    expect((await run('spread', '--buckets', '2')).json).toEqual(ON(2, 8));
    expect((await run('spread', '--shards', '16')).json).toEqual(ON(2, 16));
    await expect(run('spread', '--buckets', '8')).rejects.toMatchObject({
      ...{ name: 'Refused', exitCode: 1 },
      message: expect.stringContaining('64'),
    });
    expect((await run('spread', '--buckets', '4', '--shards', '8')).json).toEqual(ON(4, 8));
    // Again, it changes nothing.
    expect((await run('on')).json).toEqual(ON(4, 8));
    expect((await run('off')).json).toEqual({ on: false });
  });

  test('tells in the trail who did it', async () => {
    const told = (await eventsIn(events)).map(({ type, target, actor }) => ({
      type,
      target,
      actor,
    }));
    const one = {
      ...{ type: 'settings.changed', target: 'memory' },
      actor: expect.objectContaining({ kind: 'aws', arn: LOCAL_ARN }),
    };
    expect(told).toEqual(Array(6).fill(one));
  });

  test('is not spread while it is off, and says that it is', () =>
    expect(run('spread', '--shards', '2')).rejects.toMatchObject({
      ...{ name: 'Refused', exitCode: 7 },
      message: expect.stringContaining('memory on'),
    }));

  test('is not switched off with more resources than fit without', async () => {
    await run('on');
    const many = Array.from({ length: 1000 }, (_, index) => [`r-${index}`, []]);
    await registerResources(directory, Object.fromEntries(many));
    await expect(run('off')).rejects.toMatchObject({
      ...{ name: 'Refused', exitCode: 1 },
      message: expect.stringContaining('1000'),
    });
    expect((await run('status')).json).toEqual(ON(1, 1));
  });

  test.each([
    [],
    ['--shards', '0'],
    ['--shards', '65'],
    ['--buckets', '-1'],
    ['--buckets', 'many'],
    ['--shards', '1.5'],
  ])('called with %s %s it is called wrongly', (...words) =>
    expect(run('spread', ...words)).rejects.toMatchObject({ name: 'Misuse', exitCode: 2 }),
  );

  test('of a stage that is not there says so', () =>
    expect(COMMANDS['memory status']?.run(['--stage', 'nowhere'])).rejects.toThrow(
      /no table latchkey-nowhere-directory/,
    ));
});
