/** The policy of docs/deploy.md: with it, all was deployed; without an action of it, nothing is. */
import { beforeAll, expect, inject, test } from 'vitest';
import { attempt, command } from './commands.ts';
import { decisionsOf } from './decisions.ts';
import { policyOf } from './pages.ts';
import { makeUser } from './principals.ts';
import { deployed } from './prod.ts';
import { describe as stack } from './stacks.ts';

const { endpoint } = inject('shared');
const PACKAGE = 'packaged-third';
beforeAll(async () => {
  await deployed();
  await command(`npx serverless package --stage third --package ${PACKAGE}`);
}, 240_000);

/** What the serverless CLI asks for and goes on without. */
const SPARED: Readonly<Record<string, string>> = {
  'ecr:DescribeRepositories': '`remove` looks for images, of which no function is made here',
};

test('a deployer who has it is denied nothing', () => {
  const asked = decisionsOf(':user/deployer').filter(({ action }) => !(action in SPARED));
  expect(asked.filter(({ decision }) => decision !== 'Allow')).toEqual([]);
  const actions = new Set(asked.map(({ action }) => action));
  expect([...actions]).toEqual(
    expect.arrayContaining([
      'cloudformation:CreateChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:DescribeStackEvents',
      's3:PutObject',
    ]),
  );
});

test.each(['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'])(
  'a deployer without %s deploys nothing, and is told why',
  async (action) => {
    const policy = policyOf('docs/deploy.md');
    const without = policy.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }));
    const name = `without-${action.split(':')[1]}`;
    const credentials = await makeUser(name, { ...policy, Statement: without });
    const line = `npx serverless deploy --stage third --package ${PACKAGE}`;
    const { code, output } = await attempt(line, { credentials });
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`not authorized to perform: ${action}`),
    ]);
    expect([undefined, 'REVIEW_IN_PROGRESS']).toContain(
      (await stack(endpoint, 'latchkey-third'))?.StackStatus,
    );
  },
  60_000,
);
