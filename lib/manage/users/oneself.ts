/**
 * What a caller may not do to their own account as its administrator, whichever face they come by. A new
 * password needs the old one (account/change-password.ts), which a stolen session or key does not have.
 * Roles and switches are out of reach of letters for own objects.
 *
 * Errors: `insufficient_scope`, naming the field.
 *
 * @module
 */
import { requireOthersTrust } from '../../authority/own-trust.ts';
import type { Administrator } from '../../authority/reach.ts';
import { refuseField } from '../../errors.ts';
import type { User } from '../../store/directory/users.ts';

const SWITCHES = ['activated', 'disabled'] as const;
type Change = {
  password?: string | undefined;
  /** Of another system. */
  passwordHash?: string | undefined;
  roles?: readonly string[] | undefined;
} & {
  [K in (typeof SWITCHES)[number]]?: boolean | undefined;
};

export function requireOthers(administrator: Administrator, user: User, change: Change): void {
  if (administrator.caller.subject.id !== user.id) return;
  if (change.password !== undefined || change.passwordHash !== undefined)
    throw refuseField(
      'password',
      'own-password',
      'needs the old one where it is your own: POST /user/change-password',
      'insufficient_scope',
    );
  const roles = new Set(change.roles ?? user.roles);
  if (roles.symmetricDifference(new Set(user.roles)).size > 0)
    requireOthersTrust(administrator, 'roles');
  for (const name of SWITCHES)
    if ((change[name] ?? user[name]) !== user[name]) requireOthersTrust(administrator, name);
}
