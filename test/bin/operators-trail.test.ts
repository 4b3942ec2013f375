/** What is done with AWS credentials is told in the name of their identity, and kept as long as anything else. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { operatorsTrail } from '../../bin/stage/trail.ts';
import { LOCAL_ARN, startSts } from '../../dev/sts.ts';
import type { Account } from '../support/account/account.ts';
import { FIRST_TEMPLATE } from '../support/account/stage.ts';
import { startAccount } from '../support/account/start.ts';

let account: Account;
let stop: () => Promise<unknown>;
beforeEach(async () => {
  const [served, sts] = await Promise.all([startAccount(), startSts()]);
  account = served.account;
  stop = () => Promise.all([served.stop(), sts.stop()]);
  process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = served.endpoint;
  process.env['AWS_ENDPOINT_URL_STS'] = sts.endpoint;
});
afterEach(() => stop());

function addStack(Outputs: object): void {
  const template = { ...FIRST_TEMPLATE, Outputs };
  account.addStack('latchkey-prod', 'UPDATE_COMPLETE', { template, resources: {} });
}

const DAY = 86_400;
async function told(local = false): Promise<{ days: number; arn: string | undefined }> {
  const trail = await operatorsTrail({ stage: 'prod', local });
  const about = { domain: 'd', subject: 'domain/d', target: 'd' };
  const [write] = trail([{ type: 'domain.signed-out', ...about }]);
  if (!write || !('put' in write)) throw new Error('nothing is written');
  const { expiresAt, at, actor } = write.put as never as {
    expiresAt: number;
    at: number;
    actor: { arn?: string };
  };
  return { days: (expiresAt - at) / DAY, arn: actor.arn };
}

test('as many days as the stack says that the stage keeps events', async () => {
  addStack({ AuditRetention: { Value: '30' } });
  expect(await told()).toEqual({ days: 30, arn: LOCAL_ARN });
});

test.each([
  ['says nothing of it', () => addStack({})],
  ['says what is no number of days', () => addStack({ AuditRetention: { Value: 'ever' } })],
  ['is not there', () => {}],
  [
    'is nothing that this identity may look at',
    () => {
      addStack({ AuditRetention: { Value: '30' } });
      account.denied.add('DescribeStacks');
    },
  ],
])('400 where the stack %s', async (_case, prepare) => {
  prepare();
  expect((await told()).days).toBe(400);
});

test('a local command asks no account', async () => {
  addStack({ AuditRetention: { Value: '30' } });
  expect((await told(true)).days).toBe(400);
  expect(account.calls).toEqual([]);
});
