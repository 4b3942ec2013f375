/**
 * With which of the accounts that are signed in in a browser a client's request goes on:
 *
 *   1. the one that the client expects, by an ID token of theirs or by name: no other will do
 *   2. the one of login_hint
 *   3. the only one that the client admits
 *   4. the one that the user chooses; nobody is ever taken for granted among several
 *
 * @module
 * @see OpenID Connect Core §3.1.2.1 (id_token_hint, login_hint), §3.1.2.6 (account_selection_required)
 */
import type { SignedInBrowser } from '../../browser/recognise.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { admits } from '../../verdict/admitted.ts';
import type { AuthorizationRequest } from '../request/read.ts';

export type Picked = {
  browser: SignedInBrowser | undefined;
  /** Those that it may be; more than one where the user has to say which. */
  among: readonly SignedInBrowser[];
};
type Wanted = Pick<AuthorizationRequest, 'client' | 'subjects' | 'loginHint'>;

/** @param accounts - The one that was used last first; it is who it goes on with where none will do. */
export function pickAccount(
  { client, subjects, loginHint }: Wanted,
  accounts: readonly SignedInBrowser[],
): Picked {
  const admitted = accounts.filter(({ user }) => admits(client, user));
  const expected = admitted.filter(({ user }) => subjects.every((subject) => subject === user.id));
  const hinted = expected.filter(({ user }) => isNamed(user, loginHint));
  const [among = []] = [hinted, expected].filter(({ length }) => length > 0);
  return { browser: among[0] ?? accounts[0], among };
}

const isNamed = ({ id, username }: SignedInBrowser['user'], hint = ''): boolean => {
  const name = normaliseLoginName(hint);
  return hint === id || (name !== undefined && name === normaliseLoginName(username));
};
