/** Why nobody may do anything with a session, in which order, and since when: each cause by itself. */
import { describe, expect, test } from 'vitest';
import type { DomainInForce } from '../../lib/store/directory/domains-in-force.ts';
import type { Subject } from '../../lib/store/directory/subjects.ts';
import type { Session } from '../../lib/store/sessions/sessions.ts';
import { instant, seconds } from '../../lib/time.ts';
import { causeOfDeath, endOf, refusalOf } from '../../lib/verdict/dead.ts';
import { type Claim, PROVEN } from '../../lib/verdict/read-claim.ts';
import { hashSecret, isOneOf, replaced, secretMatches } from '../../lib/verdict/secret.ts';
import { sinceSignIn } from '../../lib/verdict/since-sign-in.ts';

const NOW = instant(1_800_000_000);
const at = (seconds: number) => instant(NOW + seconds);
const SIGN_IN: Session = {
  ...{ kind: 'webitel', client: 'webitel', issuedAt: at(-100), expiresAt: at(1) },
  ...{ subjectGeneration: 3, domainGeneration: 7 },
};
const KEY: Session = {
  ...{ kind: 'api-key', client: 'api-key', issuedAt: at(-100), disabled: false, name: 'ci' },
  ...{ createdBy: 'root', version: 1, ownerSwitched: 2, domainSwitched: 4 },
};
const USER: Subject = {
  ...{ kind: 'user', id: 'user-1', username: 'u', roles: [], domain: 'a.com', disabled: false },
  ...{ generation: 3, switched: 2 },
};
const DOMAIN: DomainInForce = { disabled: false, generation: 7, switched: 4 };

describe('a session is over', () => {
  const [ENDED, WITHIN] = [
    'the session has ended',
    'the sign-in that it was opened within has ended',
  ];
  const NEVER_ENDS = KEY;
  test.each<[string, Session | undefined, Session | undefined, string | undefined]>([
    ['not before its end', SIGN_IN, SIGN_IN, undefined],
    ['not without an end', NEVER_ENDS, NEVER_ENDS, undefined],
    ['where it is not there', undefined, SIGN_IN, ENDED],
    ['at its end', { ...SIGN_IN, expiresAt: NOW }, SIGN_IN, ENDED],
    ['where its sign-in is not there', SIGN_IN, undefined, WITHIN],
    ['at the end of its sign-in', SIGN_IN, { ...SIGN_IN, expiresAt: NOW }, WITHIN],
  ])('%s', (_case, session, parent, cause) => expect(endOf(session, parent, NOW)).toBe(cause));
});

describe('nothing may be done', () => {
  test.each<
    [string, Session, Partial<Subject>, Partial<DomainInForce> | undefined, string | undefined]
  >([
    ['but in a session that lives', SIGN_IN, {}, {}, undefined],
    [
      'for a disabled subject',
      SIGN_IN,
      { disabled: true },
      { disabled: true },
      'the subject is disabled',
    ],
    ['in a domain that is gone', SIGN_IN, { generation: 4 }, undefined, 'the domain is gone'],
    [
      'in a disabled domain',
      SIGN_IN,
      { generation: 4 },
      { disabled: true },
      'the domain is disabled',
    ],
    [
      'after a sign-out',
      SIGN_IN,
      { generation: 4 },
      { generation: 8 },
      'the subject was signed out',
    ],
    ['before a sign-in', SIGN_IN, { generation: 2 }, {}, 'the subject was signed out'],
    ['after that of a domain', SIGN_IN, {}, { generation: 8 }, 'the domain was signed out'],
    [
      'too long after',
      SIGN_IN,
      {},
      { sessionAbsolute: seconds(100) },
      'the sign-in is too long ago',
    ],
    ['but so long after', SIGN_IN, {}, { sessionAbsolute: seconds(101) }, undefined],
    ['but by no person', SIGN_IN, { kind: 'client' }, { sessionAbsolute: seconds(1) }, undefined],
    [
      'but with a key',
      KEY,
      { generation: 9 },
      { generation: 9, sessionAbsolute: seconds(1) },
      undefined,
    ],
    ['with one that is off', { ...KEY, disabled: true }, {}, {}, 'the key is switched off'],
    ['with one whose owner was off', KEY, { switched: 3 }, {}, 'the owner was disabled since'],
    [
      'with one of an owner never switched',
      KEY,
      { switched: undefined },
      {},
      'the owner was disabled since',
    ],
    ['with one whose domain was off', KEY, {}, { switched: 5 }, 'the domain was disabled since'],
    [
      'with one of a domain never switched',
      KEY,
      {},
      { switched: undefined },
      'the domain was disabled since',
    ],
  ])('%s', (_case, session, subject, domain, cause) => {
    const of = domain && { ...DOMAIN, ...domain };
    expect(
      causeOfDeath(session, { ...USER, ...subject } as Subject, of as DomainInForce, NOW),
    ).toBe(cause);
  });

  test('but with a key of before they were counted, of who was never switched', () => {
    const {
      ownerSwitched: _,
      domainSwitched: __,
      ...older
    } = KEY as typeof KEY & Record<string, unknown>;
    const { switched: ___, ...owner } = USER;
    const { switched: ____, ...domain } = DOMAIN;
    expect(causeOfDeath(older as unknown as Session, owner, domain, NOW)).toBeUndefined();
  });
});

describe('since a person proved who they are', () => {
  test.each<[string, object, Subject['kind'], number | undefined]>([
    ['by opening the session', {}, 'user', 100],
    ['before it was opened', { authTime: at(-300) }, 'user', 300],
    ['in a grant that says when', { scope: 'cdr:r', authTime: at(-300) }, 'user', 300],
    ['never, in one that does not', { scope: 'cdr:r' }, 'user', undefined],
    ['never, as a client', {}, 'client', undefined],
    ['never, as a domain', {}, 'domain', undefined],
    ['never, as a key', KEY, 'user', undefined],
  ])('%s', (_case, more, kind, since) =>
    expect(sinceSignIn({ ...SIGN_IN, ...more }, { kind }, NOW)).toBe(since),
  );
});

describe('a secret', () => {
  const secrets = [{ hash: hashSecret('new') }, { hash: hashSecret('old'), until: at(1) }];
  test.each<[string, string, number, boolean]>([
    ['that is the newest', 'new', 1000, true],
    ['that was replaced, in the overlap', 'old', 0, true],
    ['that was replaced, after it', 'old', 1, false],
    ['that is another', 'guess', 0, false],
    ['that is the hash of one', secrets[0]?.hash ?? '', 0, false],
  ])('%s', (_case, presented, later, matches) =>
    expect(isOneOf(secrets, presented, at(later))).toBe(matches),
  );

  test.each<[string, object, string | undefined, boolean]>([
    ['is wanted of a key that has one', { secrets }, 'new', true],
    ['is not any', { secrets }, 'guess', false],
    ['is not to be left out', { secrets }, undefined, false],
    ['is wanted where all have been taken away', { secrets: [] }, undefined, false],
    ['opens nothing where there is none', {}, 'new', false],
    ['is not wanted where there is none', {}, undefined, true],
  ])('%s', (_case, more, presented, matches) =>
    expect(secretMatches({ ...KEY, ...more } as Session, presented, NOW)).toBe(matches),
  );

  test('opens no sign-in', () => {
    expect(secretMatches(SIGN_IN, 'new', NOW)).toBe(false);
    expect(secretMatches(SIGN_IN, undefined, NOW)).toBe(true);
  });

  test.each<[string, { hash: string; until?: typeof NOW }[], number, object[]]>([
    [
      'leaves the one before it for the overlap',
      [{ hash: 'a' }],
      60,
      [{ hash: 'a', until: at(60) }],
    ],
    ['and none before that', [{ hash: 'a' }, { hash: 'b' }], 60, [{ hash: 'a', until: at(60) }]],
    ['nor beyond its own end', [{ hash: 'a', until: at(5) }], 60, [{ hash: 'a', until: at(5) }]],
    ['nor anything without an overlap', [{ hash: 'a' }], 0, []],
    ['and is the first', [], 60, []],
  ])('that is new %s', (_case, before, overlap, rest) =>
    expect(replaced(before, 'new', { now: NOW, overlap: seconds(overlap) })).toEqual([
      { hash: hashSecret('new') },
      ...rest,
    ]),
  );
});

describe('a claim is refused', () => {
  const WITH_SECRET = { ...KEY, secrets: [{ hash: hashSecret('s') }] } as Session;
  const NOBODYS = 'the secret is not of this key';
  type Read = { session?: Session; parent?: Session; subject?: Subject };
  const ENDED = { ...WITH_SECRET, expiresAt: NOW } as Session;
  const OVER_SIGN_IN: Session = { ...SIGN_IN, expiresAt: NOW };
  const OVER = 'the session has ended';
  const NO_SUBJECT: Read = { session: WITH_SECRET, parent: WITH_SECRET };
  const ALL: Read = { ...NO_SUBJECT, subject: USER };
  test.each<[string, Read, string | typeof PROVEN | undefined, [string, boolean] | undefined]>([
    ['not with the right secret', ALL, 's', undefined],
    ['not where nothing is to be compared', ALL, PROVEN, undefined],
    ['with another secret', ALL, 'x', [NOBODYS, false]],
    ['without one', ALL, undefined, [NOBODYS, false]],
    [
      'without a session, which a token proves',
      { subject: USER },
      undefined,
      ['the session has ended', true],
    ],
    [
      'without a session, whatever is claimed',
      { subject: USER },
      's',
      ['the session has ended', false],
    ],
    [
      'without a session, by who explains',
      { subject: USER },
      PROVEN,
      ['the session has ended', true],
    ],
    ['after its end, with the right secret', { ...ALL, session: ENDED }, 's', [OVER, false]],
    ['after its end, by a token', { ...ALL, session: OVER_SIGN_IN }, undefined, [OVER, true]],
    [
      'after the end of its sign-in, by a token',
      { session: SIGN_IN, parent: OVER_SIGN_IN, subject: USER },
      undefined,
      ['the sign-in that it was opened within has ended', true],
    ],
    ['without its subject', NO_SUBJECT, 's', ['the subject is gone', true]],
    ['by its secret before its subject', NO_SUBJECT, 'x', [NOBODYS, false]],
  ])('%s', (_case, read, secret, refused) => {
    const claim: Claim = {
      name: { subject: 'user-1', key: 'k' },
      hints: { domain: '', roles: [] },
      secret,
    };
    const found = refusalOf(
      { session: undefined, parent: undefined, subject: undefined, ...read },
      claim,
      NOW,
    );
    expect(found && [found.reason, found.proven]).toEqual(refused);
  });
});
