/** What a caller may do, resource by resource, as an administrator would write it. */
import { expect, test } from 'vitest';
import { ownLetters } from '../../lib/authority/own-letters.ts';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { grantOf } from '../../lib/verdict/acl.ts';
import type { Alive } from '../../lib/verdict/judge.ts';
import { EVERYTHING, type Power, powerOf } from '../../lib/verdict/power.ts';

const ACL: Acl = {
  all: ['*'],
  own: ['ro', 'uo'],
  both: ['r', 'ro', 'co'],
  none: [],
  unknown: ['r'],
};
const lettersOf = (power: Power): Acl =>
  ownLetters({
    status: 'live',
    caller: {
      subject: { kind: 'user' },
      power,
      grant: (resource: string, action: 'c' | 'r' | 'u' | 'd') => grantOf([ACL], resource, action),
    },
    registry: [{ all: ['/all'], own: ['/own'], both: ['/both'], none: ['/none'] }],
  } as unknown as Alive);

test('all, own alone, and where there are none no resource', () => {
  expect(lettersOf(EVERYTHING)).toEqual({
    all: ['c', 'r', 'u', 'd'],
    own: ['ro', 'uo'],
    both: ['co', 'r'],
  });
});

test('within what the scope leaves', () => {
  expect(lettersOf(powerOf(['all:r', 'own:r', 'none:r']))).toEqual({ all: ['r'], own: ['ro'] });
});
