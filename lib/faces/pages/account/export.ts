/**
 * All that is kept of a person, as a file of JSON.
 *
 * @module
 */
import { ownData } from '../../../account/own-data.ts';
import { json } from '../../../http/response.ts';
import type { Show } from './visit.ts';

const NAMED = { 'content-disposition': 'attachment; filename="account.json"' };

export const exportData: Show = async ({ services, person, now }) => {
  const { tables, trail } = services;
  const asking = { caller: person.caller, now };
  return json(200, await ownData({ ...tables, events: trail.events }, asking), NAMED);
};
