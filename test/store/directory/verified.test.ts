/** For which addresses a verification stands: the one that was verified, and no other. */
import { describe, expect, test } from 'vitest';
import { verifiedNow } from '../../../lib/store/directory/verified.ts';

const proofOf = (address: string) => ({ at: 1, means: 'link', address });
const MAIL = proofOf('a@example.com');
const PHONE = proofOf('+420123456789');

describe('of a user who has verified both', () => {
  test.each<[string, string | undefined, string | undefined, object | undefined]>([
    ['has them', MAIL.address, PHONE.address, { email: MAIL, phone_number: PHONE }],
    ['has another address', 'b@example.com', PHONE.address, { phone_number: PHONE }],
    ['has it in other letters', 'A@example.com', PHONE.address, { phone_number: PHONE }],
    ['has another number', MAIL.address, '+420123456780', { email: MAIL }],
    ['has neither', undefined, undefined, undefined],
    ['has others', 'b@example.com', '+420123456780', undefined],
  ])('who %s now', (_case, email, phone_number, left) =>
    expect(
      verifiedNow({
        email,
        profile: { phone_number },
        verified: { email: MAIL, phone_number: PHONE },
      }),
    ).toEqual(left),
  );
});

describe('of a user who has verified nothing there is nothing', () => {
  test.each([
    [undefined, undefined],
    [undefined, {}],
    [MAIL.address, undefined],
    [MAIL.address, {}],
  ])('%j, %j', (email, verified) =>
    expect(verifiedNow({ email, profile: {}, verified })).toBeUndefined(),
  );
});
