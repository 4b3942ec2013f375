/**
 * Who was told to choose another password does: the one that they have is known to whoever set it.
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 */
import { refuseField } from '../errors.ts';
import { checkPassword } from '../sign-in/password.ts';
import type { User } from '../store/directory/users.ts';

export async function requireAnother(
  { mustChangePassword, passwordHash }: Pick<User, 'mustChangePassword' | 'passwordHash'>,
  password: string,
  field: 'password' | 'newPassword',
): Promise<void> {
  if (!mustChangePassword || passwordHash === undefined) return;
  const { matches } = await checkPassword(password, passwordHash);
  if (matches)
    throw refuseField(field, 'password-unchanged', 'must be another one than the one before');
}
