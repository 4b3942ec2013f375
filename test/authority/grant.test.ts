/** Nobody gives away what they do not hold: letters and roles, by what the caller is. */
import { describe, expect, test } from 'vitest';
import {
  isRoot,
  isRootInPerson,
  requireDomain,
  requireHeld,
  requireLetters,
  requireLettersForOther,
  requireRoles,
  requireRolesOf,
} from '../../lib/authority/grant.ts';
import type { Table } from '../../lib/aws/table.ts';
import type { Acl, Role } from '../../lib/store/directory/roles.ts';
import { seconds } from '../../lib/time.ts';
import { grantOf } from '../../lib/verdict/acl.ts';
import type { Caller } from '../../lib/verdict/judge.ts';
import { common, EVERYTHING, type Power, powerOf } from '../../lib/verdict/power.ts';

type Who = { roles?: string[]; acl?: Acl; power?: Power; domain?: string };
const who = ({ roles = [], acl = {}, power = EVERYTHING, domain = 'a.com' }: Who): Caller =>
  ({
    subject: { id: 'me', domain },
    roles,
    power,
    sinceSignIn: 0,
    grant: (resource: string, action: 'c' | 'r' | 'u' | 'd') => grantOf([acl], resource, action),
  }) as unknown as Caller;
const role = (name: string, effective: Acl, ancestors: string[] = []): Role =>
  ({ name, effective, ancestors, acl: effective, parents: ancestors }) as unknown as Role;
const scope = (text: string): Power => powerOf(text.split(' '));
const beyond = expect.objectContaining({
  said: expect.objectContaining({
    code: 'insufficient_scope',
    rule: 'grant-beyond-own',
    text: 'Nobody grants what they do not hold.',
  }),
});

describe('root', () => {
  test.each<[string, Who, boolean, boolean]>([
    ['by a sign-in or key of their own', { roles: ['root'] }, true, true],
    [
      'by a client that was given all',
      { roles: ['root'], power: scope('full_access') },
      true,
      false,
    ],
    [
      'not by a client that was given less',
      { roles: ['root'], power: scope('cdr:r') },
      false,
      false,
    ],
    [
      'not by what bounds leave',
      { roles: ['root'], power: common([scope('full_access'), scope('cdr:r')]) },
      false,
      false,
    ],
    ['and nobody else', { roles: ['admin'] }, false, false],
  ])('is root %s', (_case, caller, root, inPerson) =>
    expect([isRoot(who(caller)), isRootInPerson(who(caller))]).toEqual([root, inPerson]),
  );

  test('administers any domain, others their own', () => {
    expect(() => requireDomain(who({ roles: ['root'] }), 'b.com')).not.toThrow();
    expect(() => requireDomain(who({}), 'a.com')).not.toThrow();
    expect(() => requireDomain(who({}), 'b.com')).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          code: 'insufficient_scope',
          rule: 'domain-out-of-reach',
          text: 'The caller does not administer this domain.',
        }),
      }),
    );
  });
});

describe('letters', () => {
  test.each<[string, Who, Acl]>([
    ['that the caller holds', { acl: { cdr: ['r'] } }, { cdr: ['r'] }],
    ['for own objects by who holds them on all', { acl: { cdr: ['r'] } }, { cdr: ['ro'] }],
    ['none at all', {}, {}],
    ['of anything by root', { roles: ['root'] }, { cdr: ['*'], 'admin/users': ['d'] }],
    [
      'of what its scope leaves by root with a client',
      { roles: ['root'], power: scope('full_access admin/users:r') },
      { cdr: ['*'], 'admin/users': ['r'] },
    ],
  ])('are given: %s', (_case, caller, acl) =>
    expect(() => requireLetters(who(caller), acl)).not.toThrow(),
  );

  test.each<[string, Who, Acl]>([
    ['that the caller does not hold', { acl: { cdr: ['r'] } }, { cdr: ['u'] }],
    ['on all by who holds them for own objects', { acl: { cdr: ['ro'] } }, { cdr: ['r'] }],
    ['one too many', { acl: { cdr: ['r'] } }, { cdr: ['r'], book: ['r'] }],
    ['all of them by who holds some', { acl: { cdr: ['c', 'r', 'u'] } }, { cdr: ['*'] }],
    ['beyond its scope', { acl: { cdr: ['*'] }, power: scope('cdr:r') }, { cdr: ['u'] }],
    [
      'of the administration by root with a client that names none',
      { roles: ['root'], power: scope('full_access') },
      { 'admin/users': ['r'] },
    ],
  ])('are not given: %s', (_case, caller, acl) =>
    expect(() => requireLetters(who(caller), acl)).toThrow(beyond),
  );

  test('for somebody else’s own objects need the letter on all', () => {
    const [some, all] = [who({ acl: { cdr: ['ro'] } }), who({ acl: { cdr: ['r'] } })];
    expect(() => requireLetters(some, { cdr: ['ro'] })).not.toThrow();
    expect(() => requireLettersForOther(some, { cdr: ['ro'] })).toThrow(beyond);
    expect(() => requireLettersForOther(all, { cdr: ['ro'] })).not.toThrow();
    expect(() => requireLettersForOther(all, { cdr: ['u'] })).toThrow(beyond);
  });
});

describe('a role', () => {
  const ALL = [
    role('root', { cdr: ['*'] }),
    role('reader', { cdr: ['r'] }),
    role('editor', { cdr: ['r', 'u'] }, ['reader']),
    role('twin', { cdr: ['r'] }),
    role('empty', {}),
  ];
  const give = (caller: Who, ...names: string[]) =>
    requireRolesOf(ALL, who(caller), names, 'roles').map(({ name }) => name);
  const EDITOR: Who = { roles: ['editor'], acl: { cdr: ['r', 'u'] } };
  const ROOT: Who = { roles: ['root'], acl: { cdr: ['*'] } };
  const BY_CLIENT: Who = { ...ROOT, power: scope('full_access') };

  test.each<[string, Who, string[]]>([
    ['that the caller holds', EDITOR, ['editor']],
    ['that one of the caller’s inherits from', EDITOR, ['reader']],
    ['any by root, root itself too', ROOT, ['root', 'twin', 'empty']],
    ['any but root by root with a client', BY_CLIENT, ['twin', 'editor']],
  ])('is given: %s', (_case, caller, names) => expect(give(caller, ...names)).toEqual(names));

  test.each<[string, Who, string[]]>([
    ['of the same letters under another name', EDITOR, ['twin']],
    ['that permits nothing, and is not the caller’s', EDITOR, ['empty']],
    ['one among others', EDITOR, ['reader', 'twin']],
    ['root by who is none', { ...EDITOR, acl: { cdr: ['*'] } }, ['root']],
    ['root by root with a client', BY_CLIENT, ['root']],
    ['that does more than the scope leaves', { ...EDITOR, power: scope('cdr:r') }, ['editor']],
    ['of who holds its name, and not its letters', { roles: ['editor'], acl: {} }, ['editor']],
  ])('is not given: %s', (_case, caller, names) =>
    expect(() => give(caller, ...names)).toThrow(beyond),
  );

  test('that is not there is named by its field', () =>
    expect(() => requireRolesOf(ALL, who(ROOT), ['ghost'], 'parents')).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          field: 'parents',
          rule: 'role-unknown',
          text: 'there is no such role',
        }),
      }),
    ));

  test.each<['roles' | 'parents', string, boolean]>([
    ['roles', 'root', true],
    ['roles', 'twin', false],
    ['parents', 'root', false],
    ['parents', 'twin', false],
  ])('as %s: of %s, a sign-in of long ago is too old: %s', (field, name, isTooOld) => {
    const late = { ...who(ROOT), sinceSignIn: seconds(601) } as Caller;
    const give = () => requireRolesOf(ALL, late, [name], field);
    if (!isTooOld) return void expect(give().map((one) => one.name)).toEqual([name]);
    expect(give).toThrow(
      expect.objectContaining({ said: expect.objectContaining({ rule: 'sign-in-too-old' }) }),
    );
  });

  test('of one’s own self is not asked for, and nothing is read for it', async () =>
    expect(
      await requireHeld({} as Table, who(EDITOR), { id: 'me', roles: ['root'] }),
    ).toBeUndefined());

  test('none is none, and nothing is read for it', async () =>
    expect(await requireRoles({} as Table, who(EDITOR), [])).toEqual([]));
});
