/**
 * The compiled policy against the verdict on each single call: never wider, and the same wherever
 * docs/authorizer.md does not say that it is narrower. Evaluated by test/support/account/iam.ts.
 */
import { Session } from 'node:inspector/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyAnswer } from '../../../lib/faces/authorizer/answer.ts';
import {
  type CompiledPolicy,
  compilePolicy,
} from '../../../lib/faces/authorizer/compile-policy.ts';
import { type Acl, LETTERS } from '../../../lib/store/directory/roles.ts';
import { type Action, grantOf } from '../../../lib/verdict/acl.ts';
import { type Caller, grantHeld, permissionFor } from '../../../lib/verdict/judge.ts';
import { EVERYTHING, powerOf } from '../../../lib/verdict/power.ts';
import type { Patterns } from '../../../lib/verdict/resource.ts';
import { isAllowed } from '../../support/account/iam.ts';
import { ARN } from '../../support/calls/events.ts';
import { registry } from '../../support/data/resources.ts';

const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

type Standing = { patterns: Patterns; acls: readonly Acl[]; scope?: string };

const callerOf = ({ acls, scope }: Standing): Caller =>
  ({
    subject: { kind: 'client' },
    session: {},
    power: scope === undefined ? EVERYTHING : powerOf(scope.split(' ')),
    grant: (resource: string, action: Action) => grantOf(acls, resource, action),
  }) as unknown as Caller;

const compiled = (standing: Standing, paths: readonly string[] = []): CompiledPolicy => {
  const caller = callerOf(standing);
  return compilePolicy({
    patterns: standing.patterns,
    permits: (resource, action) => grantHeld(caller, resource, action),
    stage: ARN,
    paths,
  });
};

const allows = ({ allow, deny }: CompiledPolicy, method: string, path: string): boolean =>
  isAllowed(
    {
      Statement: [
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: allow },
        { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: deny },
      ],
    },
    `${ARN}/${method}${path}`,
  );

const permitted = (standing: Standing, method: string, path: string): boolean =>
  'own' in permissionFor(callerOf(standing), [standing.patterns], { method, path });

/** Several patterns a resource, and ACLs, parents' among them, and scopes over these. */
const standings: fc.Arbitrary<Standing> = fc
  .tuple(
    registry,
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.array(fc.tuple(fc.nat({ max: 7 }), fc.subarray([...LETTERS])), { maxLength: 12 }), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.option(fc.array(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom(...LETTERS))), { freq: 1 }),
  )
  .map(([entries, resources, acls, scope]) => {
    const patterns: Record<string, string[]> = {};
    for (const [index, [, given]] of entries.entries())
      patterns[`r${index % resources}`] = [...(patterns[`r${index % resources}`] ?? []), ...given];
    const named = acls.map((acl) =>
      Object.fromEntries(acl.map(([index, letters]) => [`r${index}`, letters])),
    );
    if (!scope) return { patterns, acls: named };
    const words = scope.map(([index, letter]) => `r${index}:${letter}`);
    return { patterns, acls: named, scope: words.join(' ') };
  });

/** Below registered patterns, beside them, and in their place. */
const pathFor = ({ patterns }: Standing): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...Object.values(patterns).flat(), '/'),
      fc.array(fc.constantFrom('cdr', 'files', 'FILES', 'Book', 'a', 'A', 'x', '1', 'film5'), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom(0, 0, 0, 1, 2, 3),
    )
    .map(([pattern, words, more]) => {
      const filled = pattern.replace(/\{[^}]*\}/g, () => words[0] ?? '');
      return [...filled.split('/').slice(1), ...words.slice(0, more)].map((part) => `/${part}`);
    })
    .map((parts) => parts.join('').replace('//', '/'));

const insert = (given: string, at: number, text: string): string => {
  const slash = given.indexOf('/', at % given.length);
  return slash === -1 ? given + text : given.slice(0, slash) + text + given.slice(slash);
};
const encodedAt = (given: string, at: number): string =>
  given.slice(0, at) +
  given.slice(at, at + 1).replace(/./, (one) => `%${one.charCodeAt(0).toString(16)}`) +
  given.slice(at + 1);
const TRICKS: readonly ((given: string, at: number) => string)[] = [
  (given) => given,
  (given) => given,
  (given) => given,
  (given) => `${given}/`,
  (given) => `${given}//`,
  (given) => given.toUpperCase(),
  (given, at) => given.slice(0, at) + given.slice(at).toUpperCase(),
  (given, at) => given.slice(0, at) + given.charAt(at).toUpperCase() + given.slice(at + 1),
  (given, at) => given.slice(0, -at || undefined) + given.slice(-at).toUpperCase(),
  (given) => given.replace(/.(?=[^/]*$)/, (one) => one.toUpperCase()),
  (given) => given.replace(/[a-z](?=[a-z](\/|$))/, (one) => one.toUpperCase()),
  (given, at) => insert(given, at, '/.'),
  (given, at) => insert(given, at, '/x/..'),
  (given, at) => insert(given, at, '/..'),
  (given, at) => insert(given, at, '/'),
  (given, at) => insert(given, at, '.'),
  (given, at) => insert(given, at, ' '),
  (given, at) => insert(given, at, '/..;'),
  (given, at) => insert(given, at, ';v=1'),
  (given, at) => insert(given, at, '#'),
  (given, at) => insert(given, at, '*'),
  (given, at) => insert(given, at, '$'),
  (given, at) => insert(given, at, ':api123/dev/GET'),
  (given, at) => `${given.slice(0, at)}\\${given.slice(at)}`,
  (given, at) => given.replace(/\//g, (one, index) => (index >= at && index > 0 ? '\\' : one)),
  (given, at) => encodedAt(given, Math.max(at, 1)),
  (given, at) => encodedAt(given, Math.max(at, 1)).replace('%', '%25'),
  (given) => `/GET${given}`,
  (given) => `/dev/GET${given}`,
];
const calls = standings.chain((standing) =>
  fc.record({
    standing: fc.constant(standing),
    method: fc.constantFrom(...METHODS),
    path: fc
      .tuple(pathFor(standing), fc.constantFrom(...TRICKS), fc.nat({ max: 20 }))
      .map(([given, trick, at]) => trick(given, at % given.length)),
  }),
);

/** Which resource each spelling names, if it names one; as naively as can be. */
function winner({ patterns }: Standing, path: string, ignoringCase: boolean): string | undefined {
  const fold = (text: string) => (ignoringCase ? text.toLowerCase() : text);
  const segments = fold(path).replace(/\/$/, '').split('/').slice(1);
  const ranked = Object.entries(patterns)
    .flatMap(([name, all]) => all.map((one) => ({ name, parts: fold(one).split('/').slice(1) })))
    .filter(({ parts }) => parts.length <= segments.length)
    .filter(({ parts }) => parts.every((one, at) => one === '{id}' || one === segments[at]))
    .map(({ name, parts }) => ({
      name,
      rank: `${parts.length}${parts.map((one) => (one === '{id}' ? '0' : '1')).join('')}`,
    }))
    .sort((left, right) => (left.rank < right.rank ? 1 : -1));
  return ranked[0]?.name;
}

const RUNS = 6000;

describe('a compiled policy', () => {
  test('allows nothing that the verdict on the call forbids, however the path is written', () => {
    let allowed = 0;
    fc.assert(
      fc.property(calls, ({ standing, method, path }) => {
        if (!allows(compiled(standing), method, path)) return;
        allowed++;
        if (permitted(standing, method, path)) return;
        // The one exception: two resources in two spellings, both of which the caller may call so.
        const named = [winner(standing, path, false), winner(standing, path, true)];
        expect(named[0]).not.toBe(named[1]);
        const held = named.map((resource) => {
          const only = { ...standing, patterns: { [String(resource)]: ['/the-one'] } };
          return permitted(only, method, '/the-one');
        });
        expect(held).toEqual([true, true]);
      }),
      { numRuns: RUNS },
    );
    expect(allowed).toBeGreaterThan(RUNS / 20);
  });

  /** Whether a path looks like this pattern to a policy, which knows neither letters nor segments. */
  const resembles = (pattern: string, path: string): boolean => {
    const shape = pattern
      .split('/')
      .map((part) => (part.startsWith('{') ? '[^]+' : part.replace(/[^0-9._~-]/g, '.')))
      .join('/');
    return new RegExp(`^${shape}(/[^]*)?$`).test(path);
  };
  const owners = ({ patterns }: Standing) =>
    Object.entries(patterns).flatMap(([name, all]) => all.map((pattern) => ({ name, pattern })));
  /** docs/authorizer.md, "Where a compiled policy is narrower". */
  function mayBeNarrower(standing: Standing, method: string, path: string): boolean {
    const isHeld = (name: string) =>
      permitted({ ...standing, patterns: { [name]: ['/the-one'] } }, method, '/the-one');
    return (
      path.includes('%') ||
      owners(standing).some(({ name, pattern }) => {
        if (!isHeld(name)) return resembles(pattern, path);
        const parts = pattern.split('{id}');
        return parts.slice(1).some((rest, at) => {
          const stretched = `${parts.slice(0, at + 1).join('{id}')}{id}/{id}${parts.slice(at + 1).join('{id}')}`;
          return /^\/[^{]/.test(rest) && resembles(stretched, path);
        });
      })
    );
  }

  test('allows all that the verdict allows, but where it is known to be narrower', () => {
    let same = 0;
    fc.assert(
      fc.property(calls, ({ standing, method, path }) => {
        if (!permitted(standing, method, path)) return;
        if (mayBeNarrower(standing, method, path)) return;
        same++;
        expect(allows(compiled(standing), method, path)).toBe(true);
      }),
      { numRuns: RUNS },
    );
    expect(same).toBeGreaterThan(RUNS / 50);
  });
});

describe('for example', () => {
  const patterns: Patterns = {
    cdr: [],
    'cdr/files': [],
    'cdr/files/public': [],
    book: [],
    user: ['/accounts/{id}', '/accounts/{id}/keys'],
    team: ['/teams/{id}/members'],
  };
  const verdicts = (acl: Acl, all: readonly string[]) => {
    const policy = compiled({ patterns, acls: [acl] });
    return Object.fromEntries(all.map((call) => [call, allows(policy, ...split(call))]));
  };
  const split = (call: string): [string, string] => {
    const [method = '', path = ''] = call.split(' ');
    return [method, path];
  };

  test('a longer pattern without the letter is cut out of the shorter one, in any case', () => {
    const calls = {
      'GET /cdr': true,
      'HEAD /cdr/': true,
      'GET /cdr/2026/1': true,
      'GET /cdr/12345': true,
      'GET /cdr/filesystem': true,
      'GET /cdr/files': false,
      'GET /cdr/files/': false,
      'GET /cdr/files/7': false,
      'GET /cdr/FILES/7': false,
      'GET /cdr/fIlEs': false,
      'POST /cdr': false,
      'GET /cdrs': false,
      'GET /CDR': false,
      'GET /x/cdr': false,
      'GET /book': false,
      'GET /': false,
    };
    expect(verdicts({ cdr: ['r'] }, Object.keys(calls))).toEqual(calls);
  });

  test('narrower: a name that differs from a denied one in its letters only, but for the first', () => {
    const calls = { 'GET /cdr/film5': false, 'GET /cdr/gilms': true };
    expect(verdicts({ cdr: ['r'] }, Object.keys(calls))).toEqual(calls);
  });

  test('narrower: what is allowed within what is denied within what is allowed is lost, and named', () => {
    const acl: Acl = { cdr: ['r'], 'cdr/files/public': ['r'] };
    const calls = { 'GET /cdr/1': true, 'GET /cdr/files/public/1': false };
    expect(verdicts(acl, Object.keys(calls))).toEqual(calls);
    expect(compiled({ patterns, acls: [acl] }).lost).toEqual(['cdr/files/public']);
    expect(compiled({ patterns, acls: [{ cdr: ['r'], 'cdr/files': ['r'] }] }).lost).toEqual([]);
  });

  test('narrower: a path that is still percent-encoded', () => {
    const calls = { 'GET /book/caf%C3%A9': false, 'GET /book/50%': false, 'GET /book/café': true };
    expect(verdicts({ book: ['r'] }, Object.keys(calls))).toEqual(calls);
  });

  test('{name} is one segment; narrower: where the literal after it comes again', () => {
    const calls = {
      'GET /teams/1/members': true,
      'GET /teams/1/members/7': true,
      'GET /teams/1/2/members': false,
      'GET /teams//members': false,
      'GET /teams/1': false,
      'GET /teams/1/members/members': false,
    };
    expect(verdicts({ team: ['r'] }, Object.keys(calls))).toEqual(calls);
  });

  test('a last {name} is not empty', () => {
    const calls = {
      'GET /accounts/1': true,
      'GET /accounts/1/': true,
      'GET /accounts/1/keys': true,
      'GET /accounts/': false,
      'GET /accounts': false,
    };
    expect(verdicts({ user: ['r'] }, Object.keys(calls))).toEqual(calls);
  });

  test('nothing is mentioned twice: what a wildcard has in it goes without saying', () => {
    const { allow } = compiled({ patterns, acls: [{ cdr: ['r'], 'cdr/files': ['ro'] }] });
    expect(allow).toEqual(
      ['GET', 'HEAD'].flatMap((method) => [`${ARN}/${method}/cdr`, `${ARN}/${method}/cdr/*`]),
    );
  });

  test('and nor is it where the narrower one comes first, or both are the same', () => {
    const allowOf = (given: Patterns) =>
      compiled({ patterns: given, acls: [{ a: ['r'], b: ['r'] }] }).allow;
    const wide = allowOf({ b: ['/cdr'] });
    expect(wide).toHaveLength(4);
    expect(allowOf({ a: ['/cdr/files'], b: ['/cdr'] })).toEqual(wide);
    expect(allowOf({ a: ['/cdr'], b: ['/cdr/files'] })).toEqual(wide);
    expect(allowOf({ a: ['/cdr'], b: ['/cdr'] })).toEqual(wide);
  });

  test('own objects only: allowed, and said by resource and letter', () => {
    const policy = compiled({
      patterns,
      acls: [{ cdr: ['r', 'uo'], 'cdr/files': ['ro', 'do'], book: ['*'] }],
    });
    expect(allows(policy, 'GET', '/cdr/files/1')).toBe(true);
    expect(policy.own).toEqual(['cdr:u', 'cdr/files:rd']);
  });

  test('a scope narrows it', () => {
    const acls: Acl[] = [{ book: ['*'], cdr: ['r'] }];
    const policy = compiled({ patterns, acls, scope: 'book:r openid' });
    const said = ['GET /book', 'POST /book', 'GET /cdr'].map((it) => allows(policy, ...split(it)));
    expect(said).toEqual([true, false, false]);
  });

  test('paths leave out what an API does not serve', () => {
    const acls: Acl[] = [{ book: ['*'], cdr: ['r'] }];
    const { allow } = compiled({ patterns, acls }, ['/cdr']);
    expect(allow.every((arn) => arn.includes('/cdr'))).toBe(true);
    expect(compiled({ patterns, acls }, ['/cd']).allow).toEqual([]);
  });

  test('who holds nothing is denied everything', () => {
    expect(compiled({ patterns, acls: [{}] })).toEqual({
      allow: [],
      deny: [`${ARN}/*`],
      own: [],
      lost: [],
    });
  });

  test('a pattern that IAM would read as another one is left out, and named', () => {
    for (const sign of ['*', '?', '$', `\${x}`]) {
      const odd: Patterns = { odd: [`/odd/${sign}`], book: [] };
      const policy = compiled({ patterns: odd, acls: [{ odd: ['*'], book: ['r'] }] });
      expect(policy.lost).toEqual(['odd']);
      expect(allows(policy, 'GET', '/odd/x')).toBe(false);
    }
  });

  test('what does not fit is refused whole', () => {
    const names = Array.from({ length: 40 }, (_, index) => `resource-${index}`);
    const { allow, deny } = compiled({
      patterns: Object.fromEntries(names.map((name) => [name, []])),
      acls: [Object.fromEntries(names.map((name) => [name, ['*']]))],
    });
    expect(() => policyAnswer('s', { Allow: allow, Deny: deny })).toThrow('than API Gateway takes');
  });
});

describe('compiling does ten times the work for ten times the resources, whoever holds what', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);
  const everything = (resources: readonly string[]): Acl[] => [
    Object.fromEntries(resources.map((name) => [name, ['*' as const]])),
  ];
  const flat = (count: number) => Object.fromEntries(numbered(count).map((at) => [`r${at}`, []]));
  const below = (count: number, above: string) =>
    Object.fromEntries(numbered(count).map((at) => [`r${at}`, [`${above}/r${at}`]]));
  const SHAPES: Record<string, (count: number) => Standing> = {
    'all, side by side': (count) => ({
      patterns: flat(count),
      acls: everything(Object.keys(flat(count))),
    }),
    'one of many': (count) => ({ patterns: flat(count), acls: everything(['r7']) }),
    'what is above all': (count) => ({
      patterns: { ...below(count, '/api'), api: ['/api'] },
      acls: everything(['api']),
    }),
    'half of what is below it': (count) => ({
      patterns: { ...below(count, '/api'), api: ['/api'] },
      acls: everything(['api', ...numbered(count / 2).map((at) => `r${at}`)]),
    }),
    'all, spelt alike': (count) => ({
      patterns: Object.fromEntries(numbered(count).map((at) => [`r${at}`, ['/alike/{id}']])),
      acls: everything(Object.keys(flat(count))),
    }),
    'half, and the others could be anywhere': (count) => ({
      patterns: { ...flat(count / 2), ...below(count, '/{any}') },
      acls: everything(Object.keys(flat(count / 2))),
    }),
    'some, and the others below them have letters alike': (count) => ({
      patterns: {
        ...below(count, '/{any}'),
        ...Object.fromEntries(numbered(10).map((at) => [`held${at}`, []])),
      },
      acls: everything(numbered(10).map((at) => `held${at}`)),
    }),
  };

  /** Calls of functions of the authorizer: a count in place of a clock. */
  async function callsIn(run: () => unknown): Promise<number> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    try {
      run();
    } catch {
      // What does not fit is refused: the work until then counts.
    }
    const { result } = await session.post('Profiler.takePreciseCoverage');
    session.disconnect();
    const ours = result
      .filter(({ url }) => url.includes('/lib/faces/authorizer/policy-'))
      .concat(result.filter(({ url }) => url.includes('/lib/faces/authorizer/compile-policy')));
    return ours
      .flatMap(({ functions }) => functions)
      .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  }

  test.each(Object.entries(SHAPES))('%s', async (_what, shape) => {
    const [few, many] = [shape(400), shape(4000)];
    const less = await callsIn(() => compiled(few));
    expect(less).toBeGreaterThan(400);
    expect(await callsIn(() => compiled(many))).toBeLessThan(less * 12);
  });

  test('what surely does not fit is said to be so, before all of it is written', () => {
    const patterns = flat(10_000);
    const standing = { patterns, acls: everything(Object.keys(patterns)) };
    expect(() => compiled(standing)).toThrow('more patterns than API Gateway takes');
  });
});
