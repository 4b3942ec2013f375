/**
 * Why a call would be allowed or not: the verdict's own rules, one after the other, in words.
 *
 * The outcome is that of the same functions that judge a call (verdict/judge.ts), on the same reads; only
 * the words are made here. It says what holds now, to an administrator for a session, an API key or a
 * domain token whose secret is taken as right, and to any caller for its own: a user's client that was not
 * given all that they may learns of its scope alone. NOT explained: whether a token would be accepted (its
 * signature, its expiry).
 *
 * Errors: `not_found` for one whose owner is out of reach.
 *
 * @module
 */

import type { Administrator } from '../../authority/reach.ts';
import type { Tables } from '../../aws/tables.ts';
import { readRoles } from '../../store/directory/roles.ts';
import { isStanding, type SessionName } from '../../store/sessions/sessions.ts';
import type { Instant } from '../../time.ts';
import { type Action, actionOf, type Extent, grantOf } from '../../verdict/acl.ts';
import {
  type Alive,
  type Caller,
  grantHeld,
  identify,
  PROVEN,
  permissionFor,
  type RequestedCall,
} from '../../verdict/judge.ts';
import { EVERYTHING } from '../../verdict/power.ts';
import { resourceAt } from '../../verdict/registry.ts';
import { requireOwner } from '../keys/owned-by.ts';
import { type Lack, lackingOf } from './lacking.ts';

type Finding = { check: string; passed: boolean; detail: string };
export type Explanation = {
  verdict: 'allowed' | 'forbidden' | 'unauthenticated';
  /** Only what is the caller's own. */
  own: boolean;
  steps: Finding[];
  /** What all would have to be granted; of a call that is allowed nothing. */
  lacking: Lack[];
};

/** @param now - Epoch seconds. */
export async function explain(
  tables: Tables,
  administrator: Administrator,
  { name, call }: { name: SessionName; call: RequestedCall },
  now: Instant,
): Promise<Explanation> {
  const owner = await requireOwner(tables.directory, administrator, name.subject);
  const claim = { name, hints: owner, secret: PROVEN } as const;
  const live = await identify(tables, claim, now, [call.path]);
  if (live.status === 'dead')
    return {
      verdict: 'unauthenticated',
      own: false,
      steps: [failed('credential', live.reason)],
      lacking: [{ where: 'credential' }],
    };

  return explained(tables, live, { call, isTold: true });
}

/** To the caller itself. */
export const explainLive = (
  tables: Tables,
  live: Alive,
  call: RequestedCall,
): Promise<Explanation> => {
  const { subject, power } = live.caller;
  return explained(tables, live, { call, isTold: subject.kind !== 'user' || power.whole });
};

/** @param isTold - Who the subject is, and by which roles it may what. */
async function explained(
  tables: Tables,
  { caller, registry }: Alive,
  { call, isTold }: { call: RequestedCall; isTold: boolean },
): Promise<Explanation> {
  const steps = [passed('credential', isTold ? credentialOf(caller) : 'live')];
  const resource = resourceAt(registry, call.path);
  steps.push(resourceStep(resource));
  const action = actionOf(call.method);
  steps.push(actionStep(call.method, action));
  if (resource !== undefined && action)
    steps.push(
      ...(isTold ? await grantSteps(tables, caller, { resource, action }) : []),
      ...scopeSteps(caller, { resource, action }),
    );
  const found = permissionFor(caller, registry, call);
  if (!('rule' in found)) return { verdict: 'allowed', own: found.own, steps, lacking: [] };
  const lacking = await lackingOf(tables, caller, { resource, action });
  return { verdict: 'forbidden', own: false, steps, lacking };
}

const passed = (check: string, detail: string): Finding => ({ check, passed: true, detail });
const failed = (check: string, detail: string): Finding => ({ check, passed: false, detail });

function credentialOf({ subject, session }: Caller): string {
  const what = session.kind.replaceAll(/[_-]/g, ' ');
  return `${what} of ${subject.kind} ${subject.username} in domain ${subject.domain}, which is live`;
}

const resourceStep = (resource: string | undefined): Finding =>
  resource === undefined
    ? failed('resource', 'no registered resource covers the path')
    : passed('resource', `the path is of resource ${resource}`);

const actionStep = (method: string, action: Action | undefined): Finding =>
  action
    ? passed('action', `${method} needs the letter ${action}`)
    : failed('action', `no letter stands for ${method}`);

type Wanted = { resource: string; action: Action };

async function grantSteps(
  { directory }: Tables,
  caller: Caller,
  { resource, action }: Wanted,
): Promise<Finding[]> {
  const { session, subject } = caller;
  const own = isStanding(session) ? session.acl : undefined;
  const roles = await readRoles(directory, own ? subject.roles : caller.roles);
  const given = roles.map(({ name, effective }) =>
    grantStep(`role ${name}`, grantOf([effective], resource, action), { resource, action }),
  );
  const grant = caller.grant(resource, action);
  const steps = own
    ? [
        grantStep('acl of the key', grantOf([own], resource, action), { resource, action }),
        ...given,
      ]
    : given;
  return [...steps, grantStep('all together', grant, { resource, action })];
}

function scopeSteps(caller: Caller, { resource, action }: Wanted): Finding[] {
  const { session, power } = caller;
  if (power === EVERYTHING) return [];
  const scope = `scope ${session.scope || 'none'}`;
  if (power.lack !== undefined) return [failed(scope, power.lack)];
  return [grantStep(scope, grantHeld(caller, resource, action), { resource, action })];
}

const WORDS: Record<Extent, string> = {
  none: 'not granted',
  own: 'granted for own objects only',
  all: 'granted',
};

const grantStep = (check: string, grant: Extent, { resource, action }: Wanted): Finding => ({
  check,
  passed: grant !== 'none',
  detail: `${action} on ${resource}: ${WORDS[grant]}`,
});
