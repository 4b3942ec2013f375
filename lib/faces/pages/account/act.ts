/**
 * What a form of one's own account does.
 *
 * @module
 */
import type { HttpResponse } from '../../../http/response.ts';
import type { Visit } from './visit.ts';
import type { Messages } from './words.ts';

/** @returns What was done, which the page says when it is asked for again; or a page of its own. */
export type Act = (
  visit: Visit,
  fields: ReadonlyMap<string, string>,
) => Promise<keyof Messages['done'] | HttpResponse>;
