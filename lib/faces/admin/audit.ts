/**
 * The audit as the admin API shows it: newest first.
 *
 * @module
 */
import type * as v from 'valibot';
import { refuseField } from '../../errors.ts';
import { pageOfEvents } from '../../manage/audit/read.ts';
import type { AuditEvent } from '../../store/sessions/audit.ts';
import type * as answers from './answers.ts';
import { type Handler, listReply, readQuery } from './call.ts';
import { AuditQuery } from './schemas.ts';

const view = (event: AuditEvent): v.InferOutput<typeof answers.Event> => event;

const list: Handler = async (call) => {
  const { tables, administrator, now } = call;
  const { from = 0, to = now, limit, subject, domain } = readQuery(AuditQuery, call);
  if (from > to) throw refuseField('from', 'range-reversed', 'must not be after to');
  const after = await call.cursors.open<string>();
  const query = { from, to, limit, subject, domain, after };
  return listReply(call, await pageOfEvents(tables, administrator, query, now), view);
};

export const audit = { list };
