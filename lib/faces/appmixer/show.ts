/**
 * Our results as the Appmixer dialect's answers: a `plan` that nobody set is "free".
 *
 * @module
 */
import type * as v from 'valibot';
import { type HttpResponse, json } from '../../http/response.ts';
import type { User } from '../../store/directory/users.ts';
import type * as answers from './answers.ts';

/** What its clients look for in a token beside our own claims. */
export const claims = ({ id, roles }: User) => ({ id, scope: roles });

const common = ({ id, username, activated, email = '' }: User) => ({
  id,
  username,
  isActive: activated,
  email,
});
const planOf = ({ plan = 'free' }: User): string => plan;
const vendorOf = ({ vendor = [] }: User) => (vendor.length === 0 ? null : vendor);

export const signInReply = (user: User, { token }: { token: string }): HttpResponse =>
  json(200, {
    user: { ...common(user), plan: planOf(user), vendor: vendorOf(user) },
    token,
  } satisfies v.InferOutput<typeof answers.SignedIn>);

const account = (user: User): v.InferOutput<typeof answers.Account> => ({
  ...common(user),
  scope: user.roles,
  plan: planOf(user),
});

export const accountReply = (user: User): HttpResponse => json(200, account(user));

/** What an administrator sees. `created` is an ISO 8601 time. */
const administered = (user: User): v.InferOutput<typeof answers.User> => ({
  ...account(user),
  vendor: vendorOf(user),
  created: new Date(user.createdAt * 1000).toISOString(),
});

export const userReply = (user: User): HttpResponse => json(200, administered(user));
export const usersReply = (users: readonly User[]): HttpResponse =>
  json(200, users.map(administered));

export const countReply = (count: number): HttpResponse =>
  json(200, { count } satisfies v.InferOutput<typeof answers.Count>);

/** For a password that was changed, and one that was set. */
export const doneReply = (): HttpResponse =>
  json(200, {} satisfies v.InferOutput<typeof answers.Nothing>);

export const ticketReply = (ticket: string): HttpResponse =>
  json(200, { ticket } satisfies v.InferOutput<typeof answers.Deletion>);

/** A deletion is one transaction, so it is never seen half done. */
export const deletedReply = (): HttpResponse =>
  json(200, {
    status: 'completed',
    stepsDone: 1,
    stepsTotal: 1,
  } satisfies v.InferOutput<typeof answers.DeletionStatus>);
