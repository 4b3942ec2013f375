/**
 * Each verdict of ours is that of somebody else's IAM, which knows AWS's own list of actions, resources and
 * condition keys: @cloud-copilot/iam-simulate, in a folder of its own (docs/adr/0015-roles.md).
 *
 *   npm install --prefix /tmp/iam @cloud-copilot/iam-simulate@0.1.173
 *   IAM_SIMULATE=/tmp/iam RECORDED_CALLS=/tmp/calls npm run test:roles
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, arn } from '../../dev/names.ts';
import type { Decision } from './decision.ts';
import { functions, stack } from './judged.ts';
import { permissionsOf } from './permissions.ts';
import { isAllowed, type Statement } from './policy.ts';

type Simulated = { resultType: string; overallResult?: string; errors?: unknown };
type Simulator = {
  runSimulation: (simulation: object, options: { simulationMode: 'Strict' }) => Promise<Simulated>;
};

const folder = process.env['IAM_SIMULATE'];
const PRINCIPAL = arn('iam', 'role/of-the-function').replace(':us-east-1:', '::');
/** What AWS defines as a list; all else is one value. */
const LISTS = ['dynamodb:LeadingKeys', 'dynamodb:Attributes'];

/** Of the two API Gateways, its list of what `apigateway:DELETE` deletes has only the first one's things. */
const isKnown = ({ resource }: Decision): boolean => !/::\/apis\/.*\/cache\//.test(resource);

async function load(from: string): Promise<Simulator> {
  const path = createRequire(join(from, 'index.js')).resolve('@cloud-copilot/iam-simulate');
  return (await import(pathToFileURL(path).href)) as Simulator;
}

async function verdict(
  { runSimulation }: Simulator,
  role: readonly Statement[],
  { action, resource, context }: Decision,
): Promise<unknown> {
  const values = Object.entries(context).map(([key, list]) => [
    key,
    LISTS.includes(key) ? list : list[0],
  ]);
  const Statement = role.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
  const answer = await runSimulation(
    {
      request: {
        principal: PRINCIPAL,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: Object.fromEntries(values),
      },
      identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: action.startsWith('kms:') ? keyPolicy() : undefined,
    },
    { simulationMode: 'Strict' },
  );
  return answer.overallResult ?? answer;
}

const keyPolicy = () => stack.properties('DataKey')['KeyPolicy'];

describe.skipIf(!folder).each(functions)('of $name, the other IAM', ({ role, all }) => {
  test('allows all that was asked', async () => {
    const simulator = await load(folder as string);
    for (const it of all.filter(isKnown))
      expect([it, await verdict(simulator, role, it)]).toEqual([it, 'Allowed']);
  }, 120_000);

  test('misses every permission that is taken away', async () => {
    const simulator = await load(folder as string);
    for (const [title, without] of permissionsOf(role)) {
      const missed = all.find((it) => !isAllowed(without, it));
      if (!missed) throw new Error(`nothing misses ${title}`);
      if (isKnown(missed))
        expect([title, await verdict(simulator, without, missed)]).toEqual([
          title,
          'ImplicitlyDenied',
        ]);
    }
  }, 120_000);
});
