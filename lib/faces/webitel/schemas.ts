/**
 * What the Webitel dialect takes.
 *
 * @module
 */
import * as v from 'valibot';
import { RoleName } from '../../manage/roles/lifecycle.ts';
import { LAST_SECOND } from '../../time.ts';

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

/** In the product's order: the date is refused before the role. */
export const NewDomainToken = v.object({
  expire: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LAST_SECOND * 1000)),
  role: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
});
export const DomainTokenState = v.object({ state: v.boolean() });

const MAX_PARENTS = 20;

/** The product's clients send one name as it is, and `null` for no parents. */
const Names = v.pipe(
  v.union([
    v.array(v.string()),
    v.pipe(
      v.string(),
      v.transform((name) => [name]),
    ),
  ]),
  v.array(RoleName),
);
export const NewRole = v.object({
  roles: v.pipe(Names, v.length(1)),
  parents: v.nullish(v.pipe(Names, v.maxLength(MAX_PARENTS)), []),
  /** Checked against the registry: lib/manage/roles/check-acl.ts. */
  allows: v.nullish(v.looseObject({}), {}),
});
