/**
 * The audit as the admin API shows it: newest first.
 *
 * @module
 */
import type * as v from 'valibot';
import { refuseField } from '../../errors.ts';
import { pageOfEvents } from '../../manage/audit/read.ts';
import type { Event } from '../../store/events/event.ts';
import type * as answers from './answers.ts';
import { type Handler, listReply, readQuery } from './call.ts';
import { AuditQuery } from './schemas.ts';

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

export const audit = { list };
