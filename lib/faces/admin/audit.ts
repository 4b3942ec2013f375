/**
 * The audit as the admin API shows it: newest first.
 *
 * @module
 */
import type * as v from 'valibot';
import { refuseField } from '../../errors.ts';
import { json } from '../../http/response.ts';
import { type Decision, findDecisions } from '../../manage/audit/decisions.ts';
import { pageOfEvents } from '../../manage/audit/read.ts';
import type { Event } from '../../store/events/event.ts';
import type * as answers from './audit-answers.ts';
import { AuditQuery, DecisionsQuery } from './audit-schemas.ts';
import { type Handler, listReply, readQuery } from './call.ts';
import { idOf } from './opaque-id.ts';

const view = (event: Event): v.InferOutput<typeof answers.Event> => event;

const list: Handler = async (call) => {
  const { tables, events, administrator, now } = call;
  const { from = 0, to = now, limit, cursor: _, ...filters } = readQuery(AuditQuery, call);
  if (from > to) throw refuseField('from', 'range-reversed', 'must not be after to');
  const after = await call.cursors.open<string>();
  const query = { ...filters, from, to, limit, after };
  const sources = { directory: tables.directory, events };
  return listReply(call, await pageOfEvents(sources, administrator, query, now), view);
};

/** `credential` is what explains a call with it now, where it was proven. */
const decisionView = (decision: Decision): v.InferOutput<typeof answers.Decision> => {
  const { subject, key } = decision;
  const proven = subject !== undefined && key !== undefined;
  return { ...decision, ...(proven && { credential: idOf({ subject, key }) }) };
};

const decisions: Handler = async (call) => {
  const asked = readQuery(DecisionsQuery, call);
  const found = await findDecisions(call.logs, call.administrator, asked, call.now);
  return json(200, { items: found.map(decisionView) });
};

export const audit = { list, decisions };
