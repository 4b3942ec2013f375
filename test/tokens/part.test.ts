/** Which part a signing key has among those of a set. */
import { expect, test } from 'vitest';
import { instant } from '../../lib/time.ts';
import type { PublicKey } from '../../lib/tokens/key-set.ts';
import { PARTS, partOf } from '../../lib/tokens/part.ts';

const NOW = 1000;
type Given = [alg: 'ES256' | 'RS256', signsFrom: number, verifiesUntil?: number];
const key = ([alg, signsFrom, verifiesUntil]: Given, index: number) =>
  ({
    ...{ kid: `k${index}`, alg, jwk: { kty: 'EC' }, signsFrom },
    ...(verifiesUntil !== undefined && { verifiesUntil }),
  }) as PublicKey;
const partsOf = (...given: Given[]) => {
  const keys = given.map(key);
  return keys.map((one) => partOf(one, keys, instant(NOW)));
};

test('they are told in the order in which a key has them', () =>
  expect(PARTS).toEqual(['next', 'current', 'previous']));

test.each<[string, Given[], (string | undefined)[]]>([
  ['one alone signs', [['ES256', 1]], ['current']],
  ['one signs from its second on', [['ES256', NOW]], ['current']],
  ['one whose time has not come is next', [['ES256', NOW + 1]], ['next']],
  [
    'the youngest signs, whatever the order',
    [
      ['ES256', 1],
      ['ES256', 3],
      ['ES256', 2],
    ],
    ['previous', 'current', 'previous'],
  ],
  [
    'two of one age both do',
    [
      ['ES256', 2],
      ['ES256', 2],
    ],
    ['current', 'current'],
  ],
  [
    'the next one takes nobody’s place yet',
    [
      ['ES256', 1],
      ['ES256', NOW + 1],
    ],
    ['current', 'next'],
  ],
  [
    'one that begins now does',
    [
      ['ES256', 1],
      ['ES256', NOW],
    ],
    ['previous', 'current'],
  ],
  [
    'each algorithm has its own',
    [
      ['ES256', 1],
      ['RS256', 2],
    ],
    ['current', 'current'],
  ],
  ['one that is over has no part', [['ES256', 1, NOW]], [undefined]],
  [
    'nor takes one',
    [
      ['ES256', 1],
      ['ES256', 2, NOW],
    ],
    ['current', undefined],
  ],
  [
    'one that ends later has',
    [
      ['ES256', 1, NOW + 1],
      ['ES256', 2],
    ],
    ['previous', 'current'],
  ],
  ['one that is over is not even next', [['ES256', NOW + 5, NOW]], [undefined]],
])('%s', (_case, given, parts) => expect(partsOf(...given)).toEqual(parts));
