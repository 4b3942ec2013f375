/** What has to happen before a code is issued, and with whom: each rule by itself. Whole flows are beside. */
import { describe, expect, test } from 'vitest';
import type { SignedInBrowser } from '../../../lib/browser/recognise.ts';
import type { AuthorizeServices, Pending } from '../../../lib/oauth/authorize/begin.ts';
import { decide, type Progress } from '../../../lib/oauth/authorize/decide.ts';
import { pickAccount } from '../../../lib/oauth/authorize/pick-account.ts';
import { contextOf, methodsOf } from '../../../lib/oauth/request/authentication-context.ts';

const NOW = 1_800_000_000;
/** Who signed in a hundred seconds ago. */
const account = (id: string, username: string, domain = 'a.com', session = {}) =>
  ({
    name: { subject: id, key: `browser-${id}` },
    session: { authTime: NOW - 100, ...session },
    user: { id, username, domain },
  }) as unknown as SignedInBrowser;
const ADA = account('user-1', 'Ada');
const BOB = account('user-2', 'Bob');
const CARL = account('user-3', 'Carl', 'b.com');
const CLIENT = { id: 'app', domain: 'a.com', consent: 'never', scopes: [] };
const [PASSWORD, MAIL] = ['urn:latchkey:acr:password', 'urn:latchkey:acr:email-code'];

type Given = {
  prompt?: string[];
  client?: object;
  browser?: SignedInBrowser | undefined;
  among?: SignedInBrowser[];
} & Record<string, unknown>;

function outcome(step: Progress, { browser, among, prompt = [], client, ...asked }: Given) {
  const pending = {
    asked: {
      ...{ client: { ...CLIENT, ...client }, prompt: new Set(prompt), subjects: [], scope: [] },
      ...asked,
    },
    ...{ browser, among: among ?? (browser ? [browser] : []) },
  } as unknown as Pending;
  const services = { tables: {}, now: () => NOW } as unknown as AuthorizeServices;
  return decide(services, pending, step).then(
    (decided) => {
      if ('agreed' in decided) return `goes on as ${decided.agreed.user.id}`;
      if (decided.ask === 'login')
        return `signs in${decided.again ? ' again' : ''} as ${decided.username}`;
      if (decided.ask === 'account') return `chooses of ${decided.accounts.length}`;
      return `agrees to ${decided.scopes}`;
    },
    ({ said, status, message }) => {
      // Of each code one rule, which is named alike.
      expect(said.rule).toBe(said.code.replaceAll('_', '-'));
      expect(message).toMatch(/^The user .*\.$/);
      return `${said.code} (${status})`;
    },
  );
}

describe('before there is a code', () => {
  test.each<[string, Given, Progress, string]>([
    ['nobody is signed in', {}, 'none', 'signs in as undefined'],
    ['nobody is, and a name is hinted', { loginHint: 'eve' }, 'none', 'signs in as eve'],
    ['nobody is, in silence', { prompt: ['none'] }, 'none', 'login_required (400)'],
    ['nobody has signed in after all', {}, 'login', 'login_required (400)'],
    ['somebody is, whom nobody has to ask', { browser: ADA }, 'none', 'goes on as user-1'],
    ['in silence, too', { browser: ADA, prompt: ['none'] }, 'none', 'goes on as user-1'],
    ['two are', { browser: ADA, among: [ADA, BOB] }, 'none', 'chooses of 2'],
    [
      'two are, in silence',
      { browser: ADA, among: [ADA, BOB], prompt: ['none'] },
      'none',
      'account_selection_required (400)',
    ],
    ['one of two was chosen', { browser: BOB, among: [ADA, BOB] }, 'account', 'goes on as user-2'],
    [
      'two are, and a sign-in is wanted',
      { browser: ADA, among: [ADA, BOB], prompt: ['login'] },
      'none',
      'signs in again as Ada',
    ],
    ['a choice is wanted', { browser: ADA, prompt: ['select_account'] }, 'none', 'chooses of 1'],
    [
      'a choice was made',
      { browser: ADA, prompt: ['select_account'] },
      'account',
      'goes on as user-1',
    ],
    [
      'another is expected',
      { browser: ADA, subjects: ['user-2'] },
      'none',
      'signs in as undefined',
    ],
    [
      'another is expected, by name',
      { browser: ADA, subjects: ['user-2'], loginHint: 'Bob' },
      'none',
      'signs in as Bob',
    ],
    [
      'two are expected at once',
      { browser: ADA, subjects: ['user-1', 'user-2'] },
      'none',
      'signs in as undefined',
    ],
    [
      'another is expected than has signed in',
      { browser: ADA, subjects: ['user-2'] },
      'login',
      'login_required (400)',
    ],
    ['the one expected is', { browser: ADA, subjects: ['user-1'] }, 'none', 'goes on as user-1'],
    ['one of another domain is', { browser: CARL }, 'none', 'signs in as undefined'],
  ])('%s', async (_case, given, step, expected) =>
    expect(await outcome(step, given)).toBe(expected),
  );

  test.each<[string, Given, Progress, string]>([
    ['as old as it may be', { maxAge: 100 }, 'none', 'goes on as user-1'],
    ['a second older', { maxAge: 99 }, 'none', 'signs in again as Ada'],
    [
      'a second older, in silence',
      { maxAge: 99, prompt: ['none'] },
      'none',
      'login_required (400)',
    ],
    ['a second older, of who was chosen', { maxAge: 99 }, 'account', 'signs in again as Ada'],
    ['too old whenever it was', { maxAge: 0 }, 'none', 'signs in again as Ada'],
    ['just made', { maxAge: 0, prompt: ['login'] }, 'login', 'goes on as user-1'],
    ['what they agreed on', { maxAge: 99, prompt: ['login'] }, 'consent', 'goes on as user-1'],
    ['wanted anew', { prompt: ['login'] }, 'none', 'signs in again as Ada'],
    ['of another way', { contexts: [MAIL] }, 'none', 'signs in again as Ada'],
    ['of another way, just made', { contexts: [MAIL] }, 'login', 'login_required (400)'],
    ['of the way wanted', { contexts: [PASSWORD] }, 'none', 'goes on as user-1'],
    ['of one of the ways', { contexts: [MAIL, PASSWORD] }, 'none', 'goes on as user-1'],
  ])('a sign-in is %s (OpenID Connect Core §3.1.2.3)', async (_case, given, step, expected) =>
    expect(await outcome(step, { browser: ADA, ...given })).toBe(expected),
  );

  const ASKS = { consent: 'ask' };
  const NEEDS = { scope: ['openid', 'email'] };
  test.each<[string, Given, Progress, string]>([
    ['by a client that asks', { client: ASKS }, 'none', 'agrees to openid,email'],
    ['after a sign-in', { client: ASKS }, 'login', 'agrees to openid,email'],
    ['in silence', { client: ASKS, prompt: ['none'] }, 'none', 'consent_required (400)'],
    ['by who wants them to be', { prompt: ['consent'] }, 'none', 'agrees to openid,email'],
    ['and has agreed', { client: ASKS, prompt: ['consent'] }, 'consent', 'goes on as user-1'],
    [
      'by a client of another domain, whatever it says',
      { client: { domain: 'b.com', domains: ['a.com'] } },
      'none',
      'agrees to openid,email',
    ],
  ])('a user is asked %s (§3.1.2.4)', async (_case, given, step, expected) =>
    expect(await outcome(step, { browser: ADA, ...NEEDS, ...given })).toBe(expected),
  );
});

describe('a request goes on with', () => {
  const ALL = [ADA, BOB, CARL];
  type Wanted = { subjects?: string[]; loginHint?: string; client?: object };
  const picked = ({ subjects = [], loginHint, client }: Wanted, accounts = ALL) => {
    const wanted = { client: { ...CLIENT, ...client }, subjects, loginHint };
    const { browser, among } = pickAccount(wanted as never, accounts);
    return [browser?.user.id, among.map(({ user }) => user.id)];
  };

  test.each<[string, Wanted, SignedInBrowser[], [string | undefined, string[]]]>([
    ['nobody where nobody is', {}, [], [undefined, []]],
    ['the first of those admitted, who are to choose', {}, ALL, ['user-1', ['user-1', 'user-2']]],
    ['the only one admitted', {}, [CARL, BOB], ['user-2', ['user-2']]],
    [
      'all where all are',
      { client: { domains: ['*'] } },
      [CARL, BOB],
      ['user-3', ['user-3', 'user-2']],
    ],
    ['the one expected', { subjects: ['user-2'] }, ALL, ['user-2', ['user-2']]],
    ['the first, where the one expected is not there', { subjects: ['x'] }, ALL, ['user-1', []]],
    ['the first, where none is admitted', {}, [CARL], ['user-3', []]],
    [
      'the first, where the one expected is not admitted',
      { subjects: ['user-3'] },
      ALL,
      ['user-1', []],
    ],
    ['the one hinted by name', { loginHint: 'bob' }, ALL, ['user-2', ['user-2']]],
    ['the one hinted by id', { loginHint: 'user-2' }, ALL, ['user-2', ['user-2']]],
    [
      'whoever it may be, where the hint is of nobody',
      { loginHint: 'eve' },
      ALL,
      ['user-1', ['user-1', 'user-2']],
    ],
    [
      'whoever it may be, where the hint is no name',
      { loginHint: '\u0000' },
      ALL,
      ['user-1', ['user-1', 'user-2']],
    ],
    [
      'whoever it may be, where nobody is hinted and one has a name that is none',
      {},
      [ADA, account('user-4', '\u0000')],
      ['user-1', ['user-1', 'user-4']],
    ],
    [
      'the one expected before the one hinted',
      { subjects: ['user-1'], loginHint: 'bob' },
      ALL,
      ['user-1', ['user-1']],
    ],
  ])('%s', (_case, wanted, accounts, expected) =>
    expect(picked(wanted, accounts)).toEqual(expected),
  );
});

test('how a user has signed in is told by its name (RFC 8176 §2)', () => {
  expect([contextOf({}), contextOf({ how: 'email-code' })]).toEqual([PASSWORD, MAIL]);
  expect([undefined, PASSWORD, MAIL].map(methodsOf)).toEqual([['pwd'], ['pwd'], ['otp']]);
});
