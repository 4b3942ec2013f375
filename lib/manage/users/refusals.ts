/**
 * What the rules about users refuse, each in one way, whichever rule it is that does.
 *
 * @module
 */
import { CONTESTED } from '../../aws/until-uncontested.ts';
import { AuthError, refuse, refuseField } from '../../errors.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import type { SavedUser, User } from '../../store/directory/users.ts';

/** Not there, or out of reach, which must not be told apart. */
export const noSuchUser = (): AuthError =>
  new AuthError({
    code: 'not_found',
    rule: 'user-unknown',
    text: 'There is no such user.',
    reason: 'an unknown user',
  });

export const userOutranks = (): AuthError =>
  refuse('insufficient_scope', 'user-outranks', 'The user holds roles that the caller does not.');

/** @param names - Those that somebody else has, in their normal form. */
export const nameTaken = (
  names: readonly string[],
  { username }: Pick<User, 'username'>,
): AuthError =>
  refuseField(
    names.includes(normaliseLoginName(username) ?? '') ? 'username' : 'email',
    'already-taken',
    'is taken',
    'conflict',
  );

/**
 * What becomes of a user that an attempt has tried to save.
 *
 * @returns That the attempt has to be made again, or `undefined` where it was saved.
 */
export function refuseUnsaved(saved: SavedUser, user: User): typeof CONTESTED | undefined {
  switch (saved.status) {
    case 'ok':
      return undefined;
    case 'conflict':
      return CONTESTED;
    case 'taken':
      throw nameTaken(saved.names, user);
    case 'last_root':
      throw refuseField('roles', 'last-root', 'the last root must remain', 'conflict');
    case 'disabled_domain':
      throw refuseField(
        'roles',
        'root-in-disabled-domain',
        'the domain is disabled, so it can have no root',
        'conflict',
      );
  }
}
