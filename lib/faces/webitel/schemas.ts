/**
 * What the Webitel dialect takes at its sign-in and its logout.
 *
 * @module
 */
import * as v from 'valibot';

/** POST /login. A missing password is a wrong one, as in the product. */
export const Login = v.object({
  username: v.pipe(v.string(), v.regex(/\S/)),
  password: v.optional(v.string(), ''),
});

/** POST /logout, in the body or the query; what is no text is no half of a credential. */
export const Halves = v.object({
  access_token: v.fallback(v.optional(v.string()), undefined),
  x_key: v.fallback(v.optional(v.string()), undefined),
});
