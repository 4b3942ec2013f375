/**
 * Many workers that use and revoke at once, over every thing that a verdict depends on: callers of each kind,
 * and for each switch somebody who turns it off and on. Whoever has to do something again does it again, as a
 * client does that is told 503.
 */
import { AuthError } from '../../../lib/errors.ts';
import { type Claim, judge, type RequestedCall } from '../../../lib/verdict/judge.ts';
import {
  type Deployment,
  type Instance,
  ROUTES,
  type Route,
  signOuts,
  subjectSwitches,
  switches,
  TENANTS,
  type Tenant,
} from './deployment.ts';
import { endOf, type History, recorder, type Span } from './history.ts';
import { insist, rest } from './insist.ts';
import { KINDS, logOut, type Opened, open, switchKey } from './opened.ts';

export type Load = {
  /** Calls, of all callers. */
  calls: number;
  callers: number;
  random: () => number;
  /** Each reads and writes. */
  instances: readonly Instance[];
  /** Changes how all is kept, and nothing of what may be done. */
  meanwhile?: (instance: Instance) => Promise<unknown>;
};
type Ended = Span & { tenant: Tenant; of: keyof typeof ENDS; isSignOut: boolean };
type Session = Opened & { name: string; login: Span };
/** Who loses all that was open. */
const ENDS = {
  User: ['user', 'grant', 'key'],
  Client: ['grant', 'machine'],
  Domain: ['user', 'grant', 'key', 'machine'],
} as const;
/** A sign-out spares keys. */
const spares = (kind: Opened['kind']): boolean => kind === 'key';

/** Of a call, what has to be on, and what is answered where it is off. */
function needsOf({ kind, tenant, name }: Session, route: Route): Record<string, number> {
  const all: [string, number][] = [
    [`Domain ${tenant}`, 401],
    [`${ROUTES[route]} ${tenant}`, 403],
    [name, 401],
  ];
  if (kind === 'grant' || kind === 'machine') all.push([`Client ${tenant}`, 401]);
  if (kind !== 'machine') all.push([`User ${tenant}`, 401], [`Role ${tenant}`, 403]);
  if (kind === 'key') all.push([`Key ${name}`, 401]);
  return Object.fromEntries(all);
}

/** How often a call had to be made again, since edits followed each other too fast for it: docs/adr/0041. */
export const unsettled = { calls: 0 };
const TOO_FAST = 'what is in force changes too fast to be read';

/** What a gateway would see of it, and of a call that could not be settled, when it is made again. */
export async function statusOf(
  instance: Instance,
  claim: Claim,
  call: RequestedCall,
  now: Deployment['now'],
): Promise<number> {
  try {
    const { status } = await judge(instance, claim, call, now);
    return { allowed: 200, forbidden: 403, unauthenticated: 401 }[status];
  } catch (error) {
    if (error instanceof Error && error.message === TOO_FAST) {
      unsettled.calls += 1;
      return statusOf(instance, claim, call, now);
    }
    // What else is a fault must be none.
    if (!(error instanceof AuthError)) console.error(error);
    return error instanceof AuthError ? error.status : 500;
  }
}

/** @returns Everything that happened, as check() takes it. */
export async function runEverything(
  deployment: Deployment,
  { calls, callers, random, instances, meanwhile }: Load,
): Promise<History> {
  const { history, timed, write, call } = recorder();
  const sessions: Session[] = [];
  const ended: Ended[] = [];
  const state = { begun: 0, done: false };
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const instance = () => pick(instances);
  const pause = async (count: number) => {
    const until = state.begun + count;
    while (state.begun < until && !state.done) await rest(1);
  };
  const openOne = async (kind = pick(KINDS), tenant: Tenant = pick(TENANTS)) => {
    const wanted = { kind, tenant };
    const login = await timed(() => insist(() => open(instance(), deployment, wanted)));
    const { result: opened } = login;
    if (opened) sessions.push({ ...opened, name: `session ${sessions.length}`, login });
  };
  const caller = async () => {
    while (state.begun < calls) {
      state.begun += 1;
      const session = pick(sessions.slice(random() < 0.8 ? -16 : 0));
      const route = pick(Object.keys(ROUTES) as Route[]);
      const path = `/${route}-${session.tenant}`;
      await call(needsOf(session, route), () =>
        statusOf(instance(), session.claim, { method: 'GET', path }, deployment.now),
      );
    }
    state.done = true;
  };
  /** Never two for one switch; each is on again soon, or refusals would prove little. */
  const turning = async (kind: keyof typeof turns) => {
    while (!state.done) {
      const tenant = pick(TENANTS);
      for (const on of [false, true]) {
        const span = await timed(() =>
          write(`${kind} ${tenant}`, on, () => insist(() => turns[kind](instance(), tenant, on))),
        );
        if (isEnding(kind)) ended.push({ ...span, tenant, of: kind, isSignOut: false });
        await pause(random() * 20);
      }
      await pause(random() * 20);
    }
  };
  const signingOut = async () => {
    while (!state.done) {
      const [of, tenant] = [pick(['User', 'Client', 'Domain'] as const), pick(TENANTS)];
      const span = await timed(() => insist(() => signOuts(deployment)[of](instance(), tenant)));
      ended.push({ ...span, tenant, of, isSignOut: true });
      await openOne(pick(ENDS[of]), tenant);
      await pause(random() * 60);
    }
  };
  const visiting = async () => {
    while (!state.done) {
      await openOne();
      await pause(random() * 12);
    }
  };
  const leaving = async () => {
    while (!state.done) {
      const session = pick(sessions.slice(-24));
      const { kind, name, login } = session;
      if (kind === 'key') {
        for (const on of [false, true]) {
          await write(`Key ${name}`, on, () =>
            insist(() => switchKey(instance(), deployment, session.claim.name, on)),
          );
          await pause(random() * 20);
        }
      } else {
        const logout = await timed(() => insist(() => logOut(instance(), deployment, session)));
        // A refused one proves nothing: another may have come first.
        const end = logout.result ? logout.end : Number.POSITIVE_INFINITY;
        history.writes.push(...endOf(name, login, { ...logout, end }));
      }
      await pause(random() * 20);
    }
  };
  const changing = async () => {
    while (meanwhile && !state.done) {
      await insist(() => meanwhile(instance()));
      await pause(random() * 40);
    }
  };
  const turns = { ...ofTenants, ...subjectSwitches(deployment) };

  for (const kind of KINDS) for (const tenant of TENANTS) await openOne(kind, tenant);
  const turners = (Object.keys(turns) as (keyof typeof turns)[]).map(turning);
  try {
    await Promise.all([
      ...Array.from({ length: callers }, caller),
      ...[visiting(), leaving(), signingOut(), changing()],
      ...turners,
    ]);
  } finally {
    // Where one of them has failed, the others end, too.
    Object.assign(state, { begun: calls, done: true });
  }
  history.writes.push(...endsOf(sessions, ended));
  return history;
}

/** Of the sessions that were open, by what ended those of a whole tenant. */
const endsOf = (sessions: readonly Session[], ended: readonly Ended[]) =>
  sessions.flatMap(({ name, kind, tenant, login }) =>
    ended
      .filter((one) => one.tenant === tenant && ENDS[one.of].some((each) => each === kind))
      .filter(({ isSignOut }) => !isSignOut || !spares(kind))
      .flatMap((span) => endOf(name, login, span)),
  );

const ofTenants = {
  Parent: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    switches.Parent(directory, tenant, on),
  Own: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    switches.Own(directory, tenant, on),
  Registry: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    switches.Registry(directory, tenant, on),
  Domain: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    switches.Domain(directory, tenant, on),
};

const isEnding = (kind: string): kind is keyof typeof ENDS => Object.hasOwn(ENDS, kind);
