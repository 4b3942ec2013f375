/** What a log says of a credential that proves nothing: ids as they were written, which can be taken for nothing else. */
import { describe, expect, test } from 'vitest';
import { Fault } from '../../lib/errors.ts';
import { makeApiKey } from '../../lib/guard/api-key.ts';
import { asClaimed, claimedBy } from '../../lib/guard/claimed.ts';

const signed = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;
const of = (token: string) => claimedBy({ status: 'presented', token } as never);

describe('of a token', () => {
  test.each<[string, string, object]>([
    [
      'all that it names',
      signed('{"sid":"key-1","sub":"user-1","client_id":"app","domain":"a.com","scope":"x"}'),
      { key: 'key-1', subject: 'user-1', client: 'app', domain: 'a.com' },
    ],
    [
      'what is a text',
      signed('{"sid":7,"sub":["a"],"client_id":"","domain":"a.com"}'),
      { domain: 'a.com' },
    ],
    ['nothing, where it says nothing', signed('{}'), {}],
    ['nothing of null', signed('null'), {}],
    ['nothing of what is no object', signed('"text"'), {}],
    ['nothing of what is no JSON', signed('{"sub":'), {}],
    ['nothing of what is no text', 'e30.gICA.c2ln', {}],
    ['nothing of what is no token', 'nonsense', {}],
    ['nothing of none', '', {}],
  ])('%s', (_case, token, ids) => expect(of(token)).toEqual(ids));
});

describe('of an API key', () => {
  const claim = {
    name: { subject: 'user-1', key: 'key-1' },
    hints: { domain: 'a.com', roles: ['r'] },
  };
  const { text } = makeApiKey(claim);
  const ids = { key: 'key-1', subject: 'user-1', domain: 'a.com' };
  test.each<[string, string, object]>([
    ['what its id names', text, ids],
    ['the same with another secret', `${text.slice(0, -20)}x`, ids],
    ['the same without one', text.slice(0, -50), ids],
    ['nothing where the id is none', 'lk_nonsense_x', {}],
    ['nothing where it only follows', `lk_nonsense_${text}`, {}],
    ['nothing where there is no id', 'lk_', {}],
  ])('%s', (_case, key, named) => expect(of(key)).toEqual(named));
});

test('is cut, in small letters, and without what could mean something in a line', () => {
  const long = 'x'.repeat(65);
  expect(
    asClaimed({ key: long, subject: 'ERROR\n"a" b_c{}', domain: '', client: 'A.b@C:d#e-1' }),
  ).toEqual({
    ...{ key: 'x'.repeat(64), subject: 'error??a??b?c??', client: 'a.b@c:d#e-1' },
  });
});

describe('the id of an API key has 768 bytes at most', () => {
  const name = { subject: 's', key: 'k' };
  // "k s d " and what follows.
  const rolesOf = (...lengths: number[]) => {
    const roles = lengths.map((length, index) => String(index).padEnd(length, 'r'));
    const { text } = makeApiKey({ name, hints: { domain: 'd', roles } });
    const [, , , kept = ''] = Buffer.from(text.slice(3, -50), 'base64url').toString().split(' ');
    return kept.split(',').map(({ length }) => length);
  };
  test.each([
    [[762], [762]],
    [[763], [0]],
    [
      [400, 361],
      [400, 361],
    ],
    [[400, 362], [400]],
    [
      [400, 362, 10],
      [400, 10],
    ],
  ])('of roles of %j characters it holds those of %j', (roles, kept) =>
    expect(rolesOf(...roles)).toEqual(kept),
  );

  test('or the key is not made', () => {
    const made = (length: number) =>
      makeApiKey({ name, hints: { domain: 'd'.repeat(length), roles: [] } });
    expect(() => made(763)).not.toThrow();
    expect(() => made(764)).toThrow(Fault);
  });
});
