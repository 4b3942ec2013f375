/**
 * Sessions as the admin API shows and ends them. `DELETE /admin/api/sessions` ends all of a subject or
 * of a domain, which has to be named.
 *
 * @module
 */
import type * as v from 'valibot';
import type { Item } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { json } from '../../http/response.ts';
import {
  findSession,
  pageOfSessions,
  signOutDomain,
  signOutSubject,
  stopSession,
} from '../../manage/sessions/end.ts';
import type { SeenSignIn } from '../../store/sessions/sign-ins.ts';
import type * as answers from './answers.ts';
import { type Call, gone, type Handler, listReply, readQuery, removed } from './call.ts';
import { SessionPageQuery } from './list-schemas.ts';
import { idOf, nameOf } from './opaque-id.ts';
import { SignOutQuery } from './schemas.ts';

const viewFor =
  ({ administrator }: Call) =>
  ({ name, ...session }: SeenSignIn): v.InferOutput<typeof answers.Session> => ({
    id: idOf(name),
    subject: name.subject,
    kind: session.kind,
    client: session.client,
    ...(session.scope !== undefined && { scope: session.scope }),
    createdAt: session.issuedAt,
    expiresAt: session.expiresAt,
    ...(session.ip !== undefined && { ip: session.ip }),
    ...(session.userAgent !== undefined && { userAgent: session.userAgent }),
    current: name.key === administrator.caller.key,
  });

const list: Handler = async (call) => {
  const { tables, administrator, now } = call;
  const { subject = administrator.caller.subject.id, limit } = readQuery(SessionPageQuery, call);
  const page = { limit, after: await call.cursors.open<Item>(), now };
  return listReply(call, await pageOfSessions(tables, administrator, subject, page), viewFor(call));
};

const show: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  const session = await findSession(tables, administrator, nameOf(id), now);
  return json(200, viewFor(call)(session));
};

const remove: Handler = (call) => {
  const { tables, administrator, id, now, trail } = call;
  const terms = { now, trail };
  const stop = async () => stopSession(tables, administrator, nameOf(id), terms);
  return removed(stop());
};

const removeAll: Handler = async (call) => {
  const { tables, administrator, trail } = call;
  const { subject, domain } = readQuery(SignOutQuery, call);
  if ((subject === undefined) === (domain === undefined))
    throw refuseField('subject', 'subject-or-domain', 'is needed, or domain, and not both');
  if (subject === undefined) await signOutDomain(tables, administrator, domain ?? '', trail);
  else await signOutSubject(tables, administrator, subject, trail);
  return gone();
};

export const sessions = { list, show, remove, removeAll };
