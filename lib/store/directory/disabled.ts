/**
 * Who is disabled: few among many, to be found without reading the others.
 *
 * Item:  { pk: "disabled#" + id, sk: "disabled", id, list, listSort } in the directory for each user and
 *        client that is disabled, written in the same transaction as they are
 * Index: byList (list, listSort): "disabled#" + kind + "#" + domain, as the lists of users and of clients are
 *        sorted
 *
 * @module
 */
import type { Item, Key, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';

/** `name`: by which the lists of its kind are sorted. */
export type Listed = { kind: 'user' | 'client'; domain: string; name: string };
type Switched = { id: string; disabled: boolean; listed: Listed };

export const disabledList = ({ kind, domain }: Pick<Listed, 'kind' | 'domain'>): string =>
  `disabled#${kind}#${domain}`;

export const inList = (list: string, { name }: Listed) => ({ list, listSort: name });

/** Of one that a list names. */
export const disabledId = ({ id }: Item): string => String(id);

const disabledKey = (id: string): Key => ({ pk: `disabled#${id}`, sk: 'disabled' });

/** The writes to put into the transaction that makes, changes or deletes the user or client. */
export function disabledWrites(
  table: Table,
  before: Switched | undefined,
  after: Switched | undefined,
): Write[] {
  const [was, is] = [before, after].map((one) => (one?.disabled ? one : undefined));
  if (is && is.listed.name !== was?.listed.name) {
    const { id, listed } = is;
    return [{ table, put: { ...disabledKey(id), id, ...inList(disabledList(listed), listed) } }];
  }
  return was && !is ? [{ table, remove: disabledKey(was.id) }] : [];
}
