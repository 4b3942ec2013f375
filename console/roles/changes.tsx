/**
 * What a change of a role would do, before it is saved; and what somebody else changed meanwhile.
 *
 * @module
 */
import type { ReactNode } from 'react';
import parts from '../app/parts.module.css';
import { Note } from '../app/parts.tsx';
import { ACTION_WORDS, type Change, changesOf } from './letters.ts';
import type { Role } from './queries.ts';

export const Changes = ({
  changes,
  children,
}: {
  changes: readonly Change[];
  children: ReactNode;
}) => (
  <Note>
    <h3>Before you save</h3>
    <Lines changes={changes} />
    {children}
  </Note>
);

const Lines = ({ changes }: { changes: readonly Change[] }) => (
  <ul>
    {changes.map(({ resource, action, from, to }) => (
      <li key={resource + action}>
        {ACTION_WORDS[action]} <bdi>{resource}</bdi>: {from} → <strong>{to}</strong>
      </li>
    ))}
  </ul>
);

type BothProps = { base: Role; mine: Pick<Role, 'acl'>; theirs: Role };

export const Both = ({ base, mine, theirs }: BothProps) => (
  <div className={parts.grid}>
    <div>
      <h3>Yours</h3>
      <Lines changes={changesOf(base.acl, mine.acl)} />
    </div>
    <div>
      <h3>Theirs, saved already</h3>
      <Lines changes={changesOf(base.acl, theirs.acl)} />
    </div>
  </div>
);
