/**
 * What the Webitel dialect answers. Types for the code, schemas for the OpenAPI document; nothing of it
 * is run in a function.
 *
 * @module
 */
import * as v from 'valibot';
import { AclItem } from '../../manage/roles/check-acl.ts';

const Milliseconds = v.pipe(
  v.number(),
  v.integer(),
  v.description('Milliseconds since the epoch.'),
);
const Names = v.array(v.string());

const ok = <S extends v.GenericSchema>(info: S) =>
  v.strictObject({ status: v.literal('OK'), info });

export const Failed = v.strictObject({
  status: v.literal('error'),
  info: v.pipe(v.string(), v.nonEmpty()),
});

const Cdr = v.strictObject({
  host: v.string(),
  useProxy: v.pipe(v.string(), v.regex(/^(true|false)$/)),
});

export const LoggedIn = v.strictObject({
  key: v.pipe(v.string(), v.uuid()),
  token: v.string(),
  username: v.string(),
  expires: Milliseconds,
  role: v.pipe(v.number(), v.integer(), v.description('-1 for a role without a number.')),
  roleName: v.string(),
  acl: AclItem,
  cdr: Cdr,
});
export const LoggedOut = ok(v.literal('Successful logout.'));

export const DomainToken = v.strictObject({
  uuid: v.pipe(v.string(), v.uuid()),
  expire: Milliseconds,
  roleName: v.string(),
  createdBy: v.string(),
  createdOn: Milliseconds,
  enabled: v.boolean(),
});
export const IssuedDomainToken = ok(v.strictObject({ data: DomainToken, token: v.string() }));
export const DomainTokens = ok(v.array(DomainToken));
export const SwitchedDomainToken = ok(DomainToken);

/** `root` is not among them. */
export const Roles = ok(v.strictObject({ roles: Names, parents: v.record(v.string(), Names) }));
export const RoleAcl = ok(AclItem);

export const Created = ok(v.literal('Created'));
export const Updated = ok(v.literal('Updated'));
export const Destroyed = ok(v.literal('Destroyed'));

export const Whoami = v.strictObject({
  acl: AclItem,
  id: v.string(),
  domain: v.string(),
  roleName: v.string(),
  /** A key need not expire. */
  expires: v.optional(Milliseconds),
  cdr: Cdr,
});
