/**
 * What the Appmixer dialect answers. Types for the code, schemas for the OpenAPI document; nothing of it
 * is run in a function.
 *
 * @module
 */
import * as v from 'valibot';

const Vendor = v.nullable(v.union([v.string(), v.array(v.string())]));

const common = {
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  username: v.string(),
  isActive: v.boolean(),
  email: v.string(),
};

export const SignedIn = v.strictObject({
  user: v.strictObject({ ...common, plan: v.string(), vendor: Vendor }),
  token: v.string(),
});

/** `scope` are the names of roles. */
export const Account = v.strictObject({
  ...common,
  scope: v.array(v.string()),
  plan: v.string(),
});

/** As administrators see it. */
export const User = v.strictObject({
  ...Account.entries,
  vendor: Vendor,
  created: v.pipe(v.string(), v.isoTimestamp()),
});
export const Users = v.array(User);
export const Count = v.strictObject({ count: v.pipe(v.number(), v.integer(), v.minValue(0)) });

export const Nothing = v.strictObject({});
export const Deletion = v.strictObject({ ticket: v.string() });
export const DeletionStatus = v.strictObject({
  status: v.literal('completed'),
  stepsDone: v.literal(1),
  stepsTotal: v.literal(1),
});

export const Failed = v.strictObject({
  statusCode: v.pipe(v.number(), v.integer()),
  /** The name of the status. */
  error: v.string(),
  message: v.pipe(v.string(), v.nonEmpty()),
});
