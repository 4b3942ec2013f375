/**
 * The state that a list is narrowed to, as the admin API takes it: what an address says besides is left out.
 *
 * @module
 */
import type { Filters } from './list.tsx';

export const STATES = ['enabled', 'disabled'] as const;
type State = (typeof STATES)[number];

export function withState({ state, ...rest }: Filters): Omit<Filters, 'state'> & { state?: State } {
  const known = STATES.find((one) => one === state);
  return { ...rest, ...(known && { state: known }) };
}
