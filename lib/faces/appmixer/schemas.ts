/**
 * What the Appmixer dialect takes. Members that are not named here are ignored, except where users
 * are changed: there a member that could not be kept is refused.
 *
 * @module
 */
import * as v from 'valibot';
import { NAME_LENGTH, natural, PASSWORD_LENGTH, text } from '../../http/input.ts';
import { MAX_SEARCHED } from '../../manage/users/search.ts';

const Username = text(NAME_LENGTH);
const Email = v.pipe(text(NAME_LENGTH), v.regex(/^[^\s@]+@[^\s@]+$/u, 'must be an e-mail address'));
/** Empty as it is shown where there is none. */
const EmailOrNone = v.pipe(
  v.string(),
  v.maxLength(NAME_LENGTH, `must have at most ${NAME_LENGTH} characters`),
  v.regex(/^([^\s@]+@[^\s@]+)?$/u, 'must be an e-mail address'),
);
const NewPassword = text(PASSWORD_LENGTH);
const Words = v.pipe(v.array(text(NAME_LENGTH)), v.maxLength(50, 'must have at most 50 elements'));

/** POST /user/auth. A password is only compared, so it may be anything. */
export const SignIn = v.pipe(
  v.object({
    username: v.optional(Username),
    email: v.optional(Username),
    password: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  }),
  v.forward(
    v.check(
      ({ username, email }) => username !== undefined || email !== undefined,
      'is required, or email',
    ),
    ['username'],
  ),
);

/** POST /user */
export const NewUser = v.object({ username: Username, email: Email, password: NewPassword });

/** PUT /users/{id}: what is not given stays. `scope` are the names of roles. */
export const UserChange = v.strictObject({
  /** As in the path, for clients that send back what they got. */
  id: v.optional(v.string()),
  created: v.optional(v.string()),
  username: v.optional(Username),
  email: v.optional(EmailOrNone),
  password: v.optional(NewPassword),
  scope: v.optional(Words),
  isActive: v.optional(v.boolean()),
  plan: v.optional(text(64)),
  vendor: v.optional(v.nullable(v.union([text(NAME_LENGTH), Words]))),
});

/** POST /user/change-password */
export const PasswordChange = v.object({
  oldPassword: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  newPassword: NewPassword,
});

/** POST /user/reset-password */
export const PasswordReset = v.object({ email: Username, password: NewPassword });

/** POST /user/forgot-password */
export const Forgotten = v.object({ email: Username });

/** POST /user/forgot-password/reset: `code` is the secret of the link in the mail. */
export const ForgottenReset = v.object({ code: text(NAME_LENGTH), password: NewPassword });

const Filter = v.pipe(v.string(), v.regex(/^scope:./u, 'must be scope: and a scope'));

/** The query of GET /users/count. */
export const UserFilterQuery = v.object({
  filter: v.optional(Filter),
  /** A part of the username; letter case does not matter. */
  pattern: v.optional(text(NAME_LENGTH)),
});

/** The query of GET /users. */
export const UserSearchQuery = v.object({
  ...UserFilterQuery.entries,
  sort: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(created|username):-?1$/, 'must be created or username, then :1 or :-1'),
    ),
    'username:1',
  ),
  limit: v.optional(natural(1, 1000), '100'),
  offset: v.optional(natural(0, MAX_SEARCHED), '0'),
});
