/** Whom and what an administrator reaches, by what the caller is and the letters say. */
import { describe, expect, test } from 'vitest';
import { requireOthersTrust } from '../../lib/authority/own-trust.ts';
import {
  type Administrator,
  domainsInReach,
  inReach,
  requireAll,
  requireRoot,
  requireTokensOf,
} from '../../lib/authority/reach.ts';
import type { Table } from '../../lib/aws/table.ts';
import { domainSubject } from '../../lib/store/directory/domains.ts';
import type { Caller } from '../../lib/verdict/judge.ts';
import { EVERYTHING, powerOf } from '../../lib/verdict/power.ts';

type Who = {
  id?: string;
  domain?: string;
  roles?: string[];
  own?: boolean;
  power?: Caller['power'];
};
const by = ({ id = 'me', domain = 'a.com', roles = [], own = false, power = EVERYTHING }: Who) =>
  ({
    caller: { subject: { id, domain }, roles, power } as unknown as Caller,
    permission: { own },
  }) satisfies Administrator;
const TEXTS: Readonly<Record<string, string>> = {
  'domain-out-of-reach': 'The caller does not administer this domain.',
  'own-only': 'The caller may only see what is its own.',
  'own-trust': 'is not for its owner to change',
  'root-only': 'This belongs to the whole deployment: only root changes it.',
};
const refused = (rule: string) =>
  expect.objectContaining({
    said: expect.objectContaining({ code: 'insufficient_scope', rule, text: TEXTS[rule] }),
  });

describe('the tokens of a domain', () => {
  test.each<[string, Who]>([
    ['an administrator of it', {}],
    ['root, from another domain', { domain: 'b.com', roles: ['root'] }],
    [
      'a key of the domain itself, by letters for own objects too',
      { id: domainSubject('a.com'), own: true },
    ],
  ])('are reached by %s', (_case, who) =>
    expect(() => requireTokensOf(by(who), 'a.com')).not.toThrow(),
  );

  test.each<[string, Who, string]>([
    ['an administrator of another one', { domain: 'b.com' }, 'domain-out-of-reach'],
    [
      'root by a scope that names less',
      { domain: 'b.com', roles: ['root'], power: powerOf(['cdr:r']) },
      'domain-out-of-reach',
    ],
    ['a user of it by letters for own objects: they are nobody’s own', { own: true }, 'own-only'],
    [
      'another domain by its key',
      { id: domainSubject('b.com'), domain: 'b.com', own: true },
      'domain-out-of-reach',
    ],
    [
      'a domain of the same reach, not itself',
      { id: domainSubject('b.com'), own: true },
      'own-only',
    ],
  ])('are not reached by %s', (_case, who, rule) =>
    expect(() => requireTokensOf(by(who), 'a.com')).toThrow(refused(rule)),
  );
});

describe('a subject is in reach', () => {
  test.each<[string, Who, { id: string; domain: string }, boolean]>([
    ['of the own domain', {}, { id: 'x', domain: 'a.com' }, true],
    ['of another domain', {}, { id: 'x', domain: 'b.com' }, false],
    ['of any domain for root', { roles: ['root'] }, { id: 'x', domain: 'b.com' }, true],
    ['oneself by letters for own objects', { own: true }, { id: 'me', domain: 'a.com' }, true],
    ['another by letters for own objects', { own: true }, { id: 'x', domain: 'a.com' }, false],
    [
      'another for root by letters for own objects',
      { own: true, roles: ['root'] },
      { id: 'x', domain: 'a.com' },
      false,
    ],
    ['the own id in another domain', { own: true }, { id: 'me', domain: 'b.com' }, false],
  ])('%s', (_case, who, subject, reached) => expect(inReach(by(who), subject)).toBe(reached));
});

describe('what belongs to the whole deployment', () => {
  test('is root’s', () => expect(() => requireRoot(by({ roles: ['root'] }))).not.toThrow());
  test.each<Who>([{ roles: ['admin'] }, { roles: ['root'], power: powerOf(['admin/users:*']) }])(
    'and not of %j',
    (who) => expect(() => requireRoot(by(who))).toThrow(refused('root-only')),
  );
});

test.each<[string, Who, string | undefined, string[]]>([
  ['the own one', {}, undefined, ['a.com']],
  ['the own one, by its name', {}, 'a.com', ['a.com']],
  ['no other', {}, 'b.com', []],
  ['for root any that is wanted', { roles: ['root'] }, 'b.com', ['b.com']],
  ['for no root by a scope', { roles: ['root'], power: powerOf(['cdr:r']) }, 'b.com', []],
])('the domains in reach are %s', async (_case, who, wanted, domains) =>
  expect(await domainsInReach({} as Table, by(who), wanted)).toEqual(domains),
);

test('what others trust one for is not changed by letters for own objects', () => {
  expect(() => requireOthersTrust(by({}), 'roles')).not.toThrow();
  expect(() => requireOthersTrust(by({ own: true }), 'roles')).toThrow(
    expect.objectContaining({ said: expect.objectContaining({ field: 'roles' }) }),
  );
  expect(() => requireOthersTrust(by({ own: true }), 'roles')).toThrow(refused('own-trust'));
});

test('what can be nobody’s own needs the whole letter', () => {
  expect(() => requireAll(by({}))).not.toThrow();
  expect(() => requireAll(by({ own: true }))).toThrow(refused('own-only'));
});
