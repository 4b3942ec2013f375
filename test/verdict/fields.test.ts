/** Which fields of a GraphQL API a caller may use, by letters alone. */
import { describe, expect, test } from 'vitest';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { grantOf } from '../../lib/verdict/acl.ts';
import { judgeFields, type RootField } from '../../lib/verdict/fields.ts';
import type { Caller } from '../../lib/verdict/judge.ts';
import { EVERYTHING } from '../../lib/verdict/power.ts';

const PATTERNS = {
  calls: ['/graphql/Query/calls'],
  hangUp: ['/graphql/Mutation/hangUp'],
  rates: ['/graphql/Call/rate'],
  rest: ['/graphql/Query/other'],
};
const holding = (acl: Acl): Caller => ({
  subject: {
    kind: 'user',
    id: 'user-1',
    username: 'u',
    roles: [],
    domain: 'd',
    disabled: false,
    generation: 1,
  },
  session: { kind: 'api-key', roles: [] } as unknown as Caller['session'],
  key: 'key-1',
  roles: [],
  grant: (resource, action) => grantOf([acl], resource, action),
  power: EVERYTHING,
  sinceSignIn: undefined,
});
const judged = (acl: Acl, ...fields: string[]) =>
  judgeFields(
    holding(acl),
    [PATTERNS],
    fields.map((name): RootField => {
      const [type = '', field = ''] = name.split('.');
      return { type, field };
    }),
  );

describe('an operation', () => {
  test.each<[string, Acl, string[]]>([
    ['a query needs r', { calls: ['r'], rates: ['r'] }, ['Query.calls']],
    ['a mutation needs u', { hangUp: ['u'], rates: ['r'] }, ['Mutation.hangUp']],
    [
      'anybody may ask for the type',
      { hangUp: ['u'], rates: ['r'] },
      ['Mutation.__typename', 'Mutation.hangUp'],
    ],
    ['of a query, too', { calls: ['r'], rates: ['r'] }, ['Query.__typename', 'Query.calls']],
  ])('is allowed, and nothing of it denied: %s', (_case, acl, fields) =>
    expect(judged(acl, ...fields)).toMatchObject({ status: 'allowed', own: [] }),
  );

  test.each<[string, Acl, string[]]>([
    ['a mutation by r', { hangUp: ['r'] }, ['Mutation.hangUp']],
    ['a query by u', { calls: ['u'] }, ['Query.calls']],
    [
      'a mutation that nothing registered covers',
      { hangUp: ['u'] },
      ['Mutation.hangUp', 'Mutation.erase'],
    ],
    [
      'a subscription, whatever else it asks',
      { calls: ['r'] },
      ['Query.calls', 'Subscription.calls'],
    ],
    ['nothing but the type', { calls: ['r'] }, ['Query.__typename']],
    ['no field that is permitted', {}, ['Query.calls', 'Query.other']],
  ])('is refused: %s', (_case, acl, fields) =>
    expect(judged(acl, ...fields)).toMatchObject({ status: 'forbidden' }),
  );

  test('is refused by the rule of letters where none of its fields is permitted', () =>
    expect(judged({}, 'Query.calls')).toEqual({
      status: 'forbidden',
      refusal: { rule: 'letter-not-held', reason: 'no field of the operation is permitted' },
    }));

  test('keeps what is registered by its default path, and nothing for what names no field', () => {
    const patterns = {
      calls: ['/graphql/Query/calls'],
      'graphql/Query/secret': [],
      'graphql/Query/secret/part': [],
      aside: ['/v1/graphql/Query/aside', '/graphql/Query', '/graphql/Query/below/it'],
      any: ['/graphql/{type}/any', '/graphql/Query/{field}'],
    };
    const fields = [{ type: 'Query', field: 'calls' }];
    expect(judgeFields(holding({ calls: ['r'] }), [patterns], fields)).toEqual({
      status: 'allowed',
      denied: ['Query.secret'],
      own: [],
    });
  });

  test('keeps of a query what is not permitted to itself', () =>
    expect(judged({ calls: ['r'] }, 'Query.calls', 'Query.other')).toMatchObject({
      status: 'allowed',
      denied: expect.arrayContaining(['Query.other', 'Mutation.hangUp', 'Call.rate']),
    }));

  test('never denies the type of what was asked', () =>
    expect(judged({ calls: ['r'] }, 'Query.calls', 'Query.__typename')).not.toHaveProperty(
      'denied',
      expect.arrayContaining(['Query.__typename']),
    ));

  test('is told which of it is for own objects only, and of what else is nested', () =>
    expect(judged({ calls: ['ro'], rates: ['ro'], hangUp: ['uo'] }, 'Query.calls')).toMatchObject({
      own: ['calls:r', 'rates:r'],
    }));
});

describe('an operation that is not to be leant on', () => {
  const whole = (acl: Acl, patterns = {}) =>
    judgeFields(holding(acl), [{ ...PATTERNS, ...patterns }], undefined);

  test('is refused where the unregistered fields are nobody’s', () =>
    expect(whole({ calls: ['r'], hangUp: ['u'], rates: ['r'], rest: ['r'] })).toMatchObject({
      status: 'forbidden',
    }));

  test('is allowed to who holds what covers them, less the registered ones not held', () =>
    expect(
      whole({ graphql: ['r', 'u'], calls: ['r'], rates: ['ro'] }, { graphql: ['/graphql'] }),
    ).toEqual({
      status: 'allowed',
      denied: ['Mutation.hangUp', 'Query.other'],
      own: ['rates:r'],
    }));

  test('holds what covers them by a placeholder, too', () => {
    const covering = { any: ['/graphql/{type}/{field}'] };
    expect(whole({ any: ['r', 'u'], calls: ['r'] }, covering)).toMatchObject({ status: 'allowed' });
    expect(whole({ any: ['r'], calls: ['r'] }, covering)).toMatchObject({ status: 'forbidden' });
  });

  test.each(['Query', 'Mutation', 'Subscription'])(
    'is refused where those of %s alone are nobody’s',
    (type) => {
      const covering = {
        query: ['/graphql/Query'],
        mutation: ['/graphql/Mutation'],
        subscription: ['/graphql/Subscription'],
      };
      const all: Acl = { query: ['r'], mutation: ['u'], subscription: ['r'], calls: ['r'] };
      expect(whole(all, covering)).toMatchObject({ status: 'allowed' });
      const less = { ...all, [type.toLowerCase()]: [] };
      expect(whole(less, covering)).toMatchObject({ status: 'forbidden' });
    },
  );
});
