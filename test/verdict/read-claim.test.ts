/** Of which claims all is read at once: those that a signature proves, and keys whose secret has matched here. */
import { expect, test } from 'vitest';
import { type Claim, isProven, noteProven, PROVEN } from '../../lib/verdict/read-claim.ts';

const CLAIM: Claim = {
  name: { subject: 'user-1', key: 'key-1' },
  hints: { domain: 'a.com', roles: ['reader'] },
};

test.each<[Claim['secret']]>([[undefined], [PROVEN]])(
  'a claim that no secret has to prove: %s',
  (secret) => expect(isProven({ ...CLAIM, secret })).toBe(true),
);

test('one with a secret is so once that has matched, and no other with the same secret', () => {
  const claim = { ...CLAIM, secret: 's' };
  expect(isProven(claim)).toBe(false);
  noteProven(claim);
  expect(isProven(claim)).toBe(true);
  expect(isProven(structuredClone(claim))).toBe(true);
  for (const other of [
    { ...claim, secret: 't' },
    { ...claim, name: { ...claim.name, key: 'key-2' } },
    { ...claim, name: { ...claim.name, subject: 'user-2' } },
    { ...claim, hints: { ...claim.hints, domain: 'b.com' } },
    { ...claim, hints: { ...claim.hints, roles: ['reader', 'writer'] } },
  ])
    expect(isProven(other)).toBe(false);
});

test('several are remembered', () => {
  const claims = ['a', 'b', 'c'].map((secret) => ({ ...CLAIM, secret }));
  for (const claim of claims) noteProven(claim);
  expect(claims.map(isProven)).toEqual([true, true, true]);
});
