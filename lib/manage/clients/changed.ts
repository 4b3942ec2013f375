/**
 * What a change makes of a client. What it takes for good raises the generation (given-up.ts).
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import { type Client, ClientItem } from '../../store/directory/clients.ts';
import { afterSwitch } from '../../store/directory/revocation.ts';
import type { Instant } from '../../time.ts';
import type { BrandChange } from '../brands/change.ts';
import type { ClientSettings } from './check.ts';
import { givesUp } from './given-up.ts';

type Changeable = Pick<Client, 'roles' | 'scopes' | 'disabled'> & ClientSettings;
type Changed<T> = { [K in keyof T]?: T[K] | null | undefined };
/** What is `undefined` stays as it is; what is `null` is taken away. */
export type ClientChange = Changed<Changeable> & {
  name?: string | undefined;
  brand?: BrandChange | undefined;
  /** How many copies (spread.ts). */
  spread?: number | undefined;
};

/** Whoever proves itself otherwise from now on has no secret any more. */
export function changed(
  before: Client,
  { name, ...change }: Omit<ClientChange, 'brand' | 'spread'> & Changed<Pick<Client, 'spread'>>,
  now: Instant,
): Client {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged = { ...before, ...Object.fromEntries(given), ...(name && { username: name }) };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  const after = parseItem(ClientItem, Object.fromEntries(kept));
  return afterSwitch(before, {
    ...after,
    roles: [...new Set(after.roles)],
    scopes: [...new Set(after.scopes)],
    secrets: after.authentication === 'secret' ? after.secrets : [],
    generation: before.generation + (givesUp(before, after) ? 1 : 0),
    updatedAt: now,
  });
}
