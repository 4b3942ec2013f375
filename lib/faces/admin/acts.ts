/**
 * What happened to a person's account, as the admin API tells the person.
 *
 * Units: `at` is epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { BY, type Act as Found } from '../../account/activity.ts';

export const Act = v.strictObject({
  id: v.string(),
  at: v.pipe(v.number(), v.integer()),
  type: v.string(),
  target: v.string(),
  /** Who did it; an administrator's name is not told. */
  by: v.picklist(BY),
  client: v.optional(v.string()),
  ip: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  isNewDevice: v.optional(v.boolean()),
});

export const viewOfAct = (act: Found): v.InferOutput<typeof Act> => ({
  id: act.id,
  at: act.at,
  type: act.type,
  target: act.target,
  by: act.by,
  ...(act.client !== undefined && { client: act.client }),
  ...(act.ip !== undefined && { ip: act.ip }),
  ...(act.userAgent !== undefined && { userAgent: act.userAgent }),
  ...(act.isNewDevice !== undefined && { isNewDevice: act.isNewDevice }),
});
