/**
 * What narrows the lists of the admin API.
 *
 * @module
 */
import * as v from 'valibot';
import { spelled } from '../../http/source-address.ts';
import { STATES } from '../../manage/users/list.ts';
import { Name, PageQuery } from './schemas.ts';

export const DomainPageQuery = v.strictObject({ ...PageQuery.entries, domain: v.optional(Name) });

const SubjectPageQuery = v.strictObject({
  ...DomainPageQuery.entries,
  prefix: v.optional(Name),
  role: v.optional(Name),
  state: v.optional(v.picklist(STATES)),
});
/** `login`: the one who signs in with this name or e-mail address. */
export const UserPageQuery = v.strictObject({
  ...SubjectPageQuery.entries,
  login: v.optional(Name),
});
/** `check`: those alone that are registered for no scope of an API, and had power without one. */
export const ClientPageQuery = v.strictObject({
  ...SubjectPageQuery.entries,
  check: v.optional(v.picklist(['scopes'])),
});
/** Of an owner, of a whole domain, or by the id of who made them: one of the three. */
export const KeyPageQuery = v.strictObject({
  ...DomainPageQuery.entries,
  owner: v.optional(Name),
  createdBy: v.optional(Name),
});
export const TokenPageQuery = v.strictObject({
  ...DomainPageQuery.entries,
  createdBy: v.optional(Name),
});
export const ConsentQuery = v.strictObject({ client: Name });
/** Of a subject, or of a whole domain. */
export const SessionPageQuery = v.strictObject({
  ...DomainPageQuery.entries,
  subject: v.optional(Name),
  kind: v.optional(Name),
  client: v.optional(Name),
  address: v.optional(v.pipe(Name, v.transform(spelled))),
});
