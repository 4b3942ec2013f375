/** What the functions asked of AWS in the whole story, each with its own role. */
import { statSync, truncateSync } from 'node:fs';
import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { beforeAll, expect, inject, test } from 'vitest';
import { signIn } from './callers.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { decisionsOf } from './decisions.ts';
import { deployed, serviceUrl } from './prod.ts';
import { resourcesOf } from './stacks.ts';

const { endpoint, iamLog } = inject('shared');
const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS });
beforeAll(async () => void (await deployed()), 240_000);

/** The name of a function that asked. */
const functionOf = ({ principal }: { principal: string }): string =>
  principal.split('-').at(-1) ?? '';

test('every function that may ask anything has asked, and none was denied', () => {
  const decisions = decisionsOf(':assumed-role/latchkey-');
  expect(decisions.filter(({ decision }) => decision !== 'Allow')).toEqual([]);
  expect([...new Set(decisions.map(functionOf))].sort()).toEqual([
    ...['account', 'admin', 'authorizer', 'discovery', 'flush', 'inspect', 'login', 'logout'],
    ...['mail', 'notify', 'publish', 'recovery', 'rotate', 'signin', 'signout', 'token', 'trail'],
    ...['users', 'webitel'],
  ]);
  expect(decisions.length).toBeGreaterThan(500);
});

/** A trial is none of the story: its refusal must not stand in the log of it. */
async function offTheRecord(run: () => Promise<void>): Promise<void> {
  const { size } = statSync(iamLog);
  try {
    await run();
  } finally {
    truncateSync(iamLog, size);
  }
}

test(
  'a function whose role lacks one action fails, and the role is what it fails for',
  () =>
    offTheRecord(async () => {
      const RoleName = await roleOf('LogoutRole');
      const { PolicyName, PolicyDocument = '' } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName: 'logout' }),
      );
      const whole = decodeURIComponent(PolicyDocument);
      const put = (document: string) =>
        iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }));
      const session = await signIn();
      const logout = async () =>
        (await fetch(`${serviceUrl()}/logout`, { method: 'POST', headers: session.headers }))
          .status;

      await put(whole.replace('"dynamodb:DeleteItem"', '"dynamodb:DescribeTable"'));
      expect(await logout()).toBeGreaterThanOrEqual(500);
      expect(decisionsOf('-LogoutRole-').at(-1)).toMatchObject({
        action: 'dynamodb:DeleteItem',
        decision: 'ImplicitDeny',
      });
      await put(whole);
      expect(await logout()).toBe(200);
    }),
  60_000,
);

async function roleOf(id: string): Promise<string> {
  const resources = await resourcesOf(endpoint, 'latchkey-prod');
  return resources.find((resource) => resource.id === id)?.physicalId ?? '';
}
