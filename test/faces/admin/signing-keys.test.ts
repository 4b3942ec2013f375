/** The signing keys in the admin API: seen, rotated and withdrawn. Real functions, real store, real keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { sessionOf } from '../../support/actors/sessions.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { broken } from '../../support/running/proxy.ts';
import { PROPAGATION, rotationOf, STEPS } from '../../support/running/rotation.ts';
import { advance, outcome } from '../../support/running/service.ts';
import { numberAll } from '../../support/running/trail.ts';

const ROOT = '100@mydomain.com';
const PLACE = '/signing-keys';
/** Seconds for which a published set is held. */
const HELD = 300;

/** As Secrets Manager says it. */
const UNDER_WAY = {
  __type: 'InvalidRequestException',
  message: "A previous rotation isn't complete. That rotation will be reattempted.",
};

type Shown = { kid: string; algorithm: string; part: string; age?: number; verifiesUntil?: number };

let service: Admin;
let rotation: ReturnType<typeof rotationOf>;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  rotation = rotationOf(service);
  await makeRole(service, { name: 'keeper', acl: { 'admin/signing-keys': ['*'] } });
});
beforeEach(async () => {
  await service.rotationsEnd();
  advance(PROPAGATION + 1);
  root = await service.by(ROOT);
});
afterAll(() => service.stop());

async function shown(): Promise<{ items: Shown[]; withdrawnAt?: number }> {
  const { status, body } = await service.admin(root, `GET ${PLACE}`);
  expect(status).toBe(200);
  return body as Awaited<ReturnType<typeof shown>>;
}
const partsOf = async () =>
  (await shown()).items.map(({ algorithm, part }) => `${algorithm} ${part}`).sort();
const ask = (what: 'rotation' | 'withdrawal', who = root) =>
  service.admin(who, `POST ${PLACE}/${what}`);
async function eventsOf(): Promise<unknown[]> {
  await numberAll(service.tables.events);
  const { body } = await service.admin(root, 'GET /audit?collection=signing-keys&limit=2');
  return body['items'] as unknown[];
}
/** What the authorizer says of a token. */
const use = async ({ token }: { token: string }) =>
  (
    await outcome(() =>
      service.authorizer(httpCall('GET /cdr', { authorization: `Bearer ${token}` })),
    )
  ).status;

describe('the keys', () => {
  test('are shown with part and age, and nothing that is private', async () => {
    const { items } = await shown();
    expect(items.map(({ part }) => part)).toEqual(['current', 'current']);
    expect(items.map(({ algorithm }) => algorithm).sort()).toEqual(['ES256', 'RS256']);
    expect(items.every(({ age = 0 }) => age > PROPAGATION)).toBe(true);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual([
      ...['age', 'algorithm', 'kid', 'part', 'signsFrom'],
    ]);
    expect(await rotation.current()).toEqual(expect.arrayContaining(items.map(({ kid }) => kid)));
  });

  test.each([
    ['GET', PLACE],
    ['POST', `${PLACE}/rotation`],
    ['POST', `${PLACE}/withdrawal`],
  ])('are for root alone: %s %s', async (method, place) => {
    const { username } = await addUser(service, { roles: ['keeper'] });
    const keeper = await service.by(username);
    const before = await rotation.published();
    const { status, body } = await service.admin(keeper, `${method} ${place}`);
    expect([status, body['rule']]).toEqual([403, 'root-only']);
    await service.rotationsEnd();
    expect(await rotation.published()).toEqual(before);
  });
});

describe('a rotation', () => {
  test('makes the next keys, and refuses no token of those before', async () => {
    const before = await sessionOf(service, ROOT);
    expect((await ask('rotation')).status).toBe(202);
    await service.rotationsEnd();
    expect(await partsOf()).toEqual([
      ...['ES256 current', 'ES256 next', 'RS256 current', 'RS256 next'],
    ]);
    advance(PROPAGATION + HELD);
    expect(await partsOf()).toEqual([
      ...['ES256 current', 'ES256 previous', 'RS256 current', 'RS256 previous'],
    ]);
    expect(await use(before)).toBe(200);
    root = await service.by(ROOT);
    expect(await eventsOf()).toMatchObject([
      { type: 'signing-keys.rotated' },
      { type: 'signing-keys.rotation-requested', actor: { username: ROOT } },
    ]);
  });

  test('that is under way is not asked for twice', async () => {
    service.secrets.inject(() => ({ status: 400, body: UNDER_WAY }));
    const { status, body } = await ask('rotation');
    service.secrets.heal();
    expect([status, body['rule']]).toEqual([409, 'rotation-under-way']);
  });
});

describe('a withdrawal', () => {
  test('takes every key away that is there, and what they signed', async () => {
    const before = await sessionOf(service, ROOT);
    const gone = await rotation.published();
    expect((await ask('withdrawal')).status).toBe(202);
    await service.rotationsEnd();
    const left = await rotation.published();
    expect(left.filter((kid) => gone.includes(kid))).toEqual([]);
    expect(await rotation.current()).toEqual(left);
    advance(HELD + 1);
    expect(await use(before)).toBe(401);
    const after = await sessionOf(service, ROOT);
    expect(await use(after)).toBe(200);
    root = await service.by(ROOT);
    expect(await partsOf()).toEqual(['ES256 current', 'RS256 current']);
    expect((await shown()).withdrawnAt).toBeUndefined();
    expect(await eventsOf()).toMatchObject([
      { type: 'signing-keys.rotated', after: { published: left } },
      { type: 'signing-keys.withdrawn', actor: { username: ROOT }, before: { published: gone } },
    ]);
  });

  test.each(STEPS.slice(1).map((step, index) => [step, STEPS.slice(0, index + 1)] as const))(
    'gives up a set that is about to %s, and the next has none of its keys',
    async (_step, taken) => {
      const version = await service.stageRotation();
      await rotation.takeSteps(version, [...taken]);
      const gone = await rotation.published();
      // That has the unfinished rotation taken up again. By a clock such as a test's the SDK asks twice.
      const { status } = await ask('withdrawal');
      expect([202, 409]).toContain(status);
      await service.rotationsEnd();
      expect(await rotation.stagesOf(version)).not.toContain('AWSCURRENT');
      root = await service.by(ROOT);
      if (status === 409) await ask('rotation');
      await service.rotationsEnd();
      const left = await rotation.published();
      expect(left.filter((kid) => gone.includes(kid))).toEqual([]);
      expect(left).toContain(await rotation.signer());
    },
  );

  test('that cannot be read stops the rotation, which publishes nothing', async () => {
    const version = await service.stageRotation();
    service.dynamodb.inject(() => broken);
    await expect(rotation.step('createSecret', version)).rejects.toThrow();
    service.dynamodb.heal();
    await rotation.takeSteps(version);
    expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
  });

  test('is not forgotten where Secrets Manager does not answer', async () => {
    const gone = await rotation.published();
    service.secrets.inject(() => broken);
    expect((await ask('withdrawal')).status).toBe(503);
    service.secrets.heal();
    expect((await shown()).withdrawnAt).toEqual(expect.any(Number));
    await service.rotateKeys();
    const left = await rotation.published();
    expect(left.filter((kid) => gone.includes(kid))).toEqual([]);
  });
});
