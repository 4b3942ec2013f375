/**
 * Lists of a whole domain, in place of those of somebody in it.
 *
 * @module
 */
import type { Filter } from './collection.ts';
import { Misuse } from './failure.ts';

const IN = { in: { type: 'string' } } as const;

/** @param filter - What the list is of otherwise; its usage is in brackets. */
export const orInDomain = (filter: Filter): Filter => ({
  ...filter,
  options: { ...filter.options, ...IN },
  usage: `${filter.usage.slice(0, -1)} | --in DOMAIN]`,
  query(api, { in: domain, ...named }) {
    if (domain === undefined) return filter.query(api, named);
    if (Object.values(named).some((value) => value !== undefined))
      throw new Misuse('--in stands alone: it is of all in the domain');
    return { domain };
  },
});
