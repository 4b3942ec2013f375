/**
 * What a key may do: what it was given, and what of that its owner's roles leave at this moment.
 *
 * @module
 */
import css from '../app/parts.module.css';
import { Names } from '../app/parts.tsx';
import { linesOf } from './acl.ts';
import type { Key } from './queries.ts';

/** So many resources fit into a row of a list. */
const SHOWN = 4;

export function Power({ of: { left, acl, roles = [] } }: { of: Key }) {
  const lines = linesOf(left ?? acl ?? {});
  if (!left && !acl) return <Names names={roles} />;
  const more = lines.length - SHOWN;
  if (left && lines.length === 0)
    return <span className={css.soft}>nothing: its owner may not, either</span>;
  return (
    <>
      <Names names={lines.slice(0, SHOWN)} />
      {more > 0 && <span className={css.soft}> and {more} more</span>}
    </>
  );
}

/** All of it; a key that is refused anyway has none. */
export const Left = ({ of: { left, disabled } }: { of: Key }) => {
  if (!left) return <>{disabled ? 'nothing while it is disabled' : 'nothing: it is refused'}</>;
  const lines = linesOf(left);
  return lines.length === 0 ? <>nothing: its owner may not, either</> : <Names names={lines} />;
};
