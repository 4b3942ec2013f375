/**
 * A user who has no password yet: the mail with which they choose one, once more.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { Action, Done, Failure, Missing, Row, Soft } from '../app/parts.tsx';
import { inviteAgain, type User } from './queries.ts';

export function Invitation({ user, mayInvite }: { user: User; mayInvite: boolean }) {
  const inviting = useMutation({ mutationFn: () => inviteAgain(user.id) });
  return (
    <>
      <Soft>
        Nobody has chosen a password for this account yet. The link in an invitation is good for a
        week, and one that was sent before goes on working.
      </Soft>
      {mayInvite && user.email === undefined && <Soft>To be invited it needs an address.</Soft>}
      {mayInvite && user.email !== undefined && (
        <>
          <Failure error={inviting.error} />
          {inviting.isSuccess && <Done>An invitation is on its way to {user.email}.</Done>}
          <Row>
            <Action onPress={() => inviting.mutate()} isDisabled={inviting.isPending}>
              Send an invitation
            </Action>
          </Row>
        </>
      )}
      {!mayInvite && <Missing letter="u" resource="admin/users" to="invite a user" />}
    </>
  );
}
