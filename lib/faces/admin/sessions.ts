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
  signOutDomain,
  signOutSubject,
  stopSession,
} from '../../manage/sessions/end.ts';
import { type Listed, pageOfDomainSessions, pageOfSessions } from '../../manage/sessions/list.ts';
import type * as answers from './answers.ts';
import { type Call, gone, type Handler, listReply, readQuery, removed } from './call.ts';
import { SessionPageQuery } from './list-schemas.ts';
import { idOf, nameOf } from './opaque-id.ts';
import { SignOutQuery } from './schemas.ts';

const viewFor =
  ({ administrator }: Call) =>
  ({ name, username, ...session }: Listed): v.InferOutput<typeof answers.Session> => ({
    id: idOf(name),
    subject: name.subject,
    username,
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
  const { tables, administrator, now, cursors } = call;
  const asked = readQuery(SessionPageQuery, call);
  const { limit, subject, domain, kind, client, address: ip } = asked;
  if (subject !== undefined && domain !== undefined)
    throw refuseField('subject', 'subject-beside-domain', 'cannot stand beside domain');
  const wanted = { limit, kind, client, ip, now };
  const view = viewFor(call);
  if (domain !== undefined) {
    const query = { ...wanted, after: await cursors.open<string>() };
    return listReply(call, await pageOfDomainSessions(tables, administrator, domain, query), view);
  }
  const of = subject ?? administrator.caller.subject.id;
  const query = { ...wanted, after: await cursors.open<Item>() };
  return listReply(call, await pageOfSessions(tables, administrator, of, query), view);
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
