/**
 * The Webitel dialect's roles, and who calls: its requests as our values, our results as its answers.
 *
 * Errors: 400 naming the field; the rest are those of lib/manage/roles/lifecycle.ts
 *
 * @module
 */
import * as v from 'valibot';
import { type AuthError, refuseField } from '../../errors.ts';
import { type HttpRequest, jsonObject } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import { RoleName } from '../../manage/roles/lifecycle.ts';
import type { Acl, Role } from '../../store/directory/roles.ts';
import type * as answers from './answers.ts';

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

export type RoleRequest = { name: string; parents: string[]; allows: unknown };

export function readNewRole(request: HttpRequest): RoleRequest {
  const sent = jsonObject(request);
  const { success, output, issues } = v.safeParse(NewRole, sent, { abortEarly: true });
  if (!success) throw misfit(String(issues[0].path?.[0]?.key ?? 'roles'));
  // Valibot takes an empty array for an object without members.
  if (Array.isArray(sent['allows'])) throw misfit('allows');
  const [name = ''] = output.roles;
  return { name, parents: [...new Set(output.parents)], allows: sent['allows'] ?? {} };
}

const misfit = (field: string): AuthError =>
  field === 'allows'
    ? refuseField('acl', 'acl-expected', 'must map resources to lists of letters')
    : refuseField(
        field === 'parents' ? 'parents' : 'name',
        'role-name-malformed',
        'must be a role name: letters, digits, ".", "_" and "-", at most 64',
      );

export const listReply = (roles: readonly Role[]): HttpResponse =>
  ok<v.InferOutput<typeof answers.Roles>>({
    roles: roles.map(({ name }) => name),
    parents: Object.fromEntries(
      roles.filter(({ parents }) => parents.length > 0).map(({ name, parents }) => [name, parents]),
    ),
  });

export const roleReply = ({ acl }: Role): HttpResponse =>
  ok<v.InferOutput<typeof answers.RoleAcl>>(acl);
export const createdReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Created>>('Created');
export const updatedReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Updated>>('Updated');
export const destroyedReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Destroyed>>('Destroyed');

export type Whoami = {
  acl: Acl;
  id: string;
  domain: string;
  roleName: string;
  /** Epoch seconds; a key need not expire. */
  expiresAt: number | undefined;
  cdr: { host: string; useProxy: boolean };
};

/** `expires` is milliseconds, and `useProxy` a string, as in the answer to a login. */
export const whoamiReply = ({ expiresAt, cdr, ...rest }: Whoami): HttpResponse =>
  json(200, {
    ...rest,
    ...(expiresAt !== undefined && { expires: expiresAt * 1000 }),
    cdr: { host: cdr.host, useProxy: String(cdr.useProxy) },
  } satisfies v.InferOutput<typeof answers.Whoami>);

const ok = <A extends { status: 'OK'; info: unknown }>(info: A['info']): HttpResponse =>
  json(200, { status: 'OK', info });
