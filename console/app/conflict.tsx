/**
 * What somebody else has saved meanwhile, beside one's own, and which of the two goes on (editing.ts).
 *
 * @module
 */
import type { ReactNode } from 'react';
import type { Editing } from './editing.ts';
import css from './parts.module.css';
import { Action, Row } from './parts.tsx';

type Props = Pick<Editing<never, never>, 'keepMine' | 'takeTheirs'> & {
  /** "this role". */
  what: string;
  /** Both versions. */
  children: ReactNode;
};

export const Conflict = ({ what, keepMine, takeTheirs, children }: Props) => (
  <div role="alert" className={css.problem}>
    <p>Somebody else changed {what} meanwhile. Nothing of yours is saved yet, or lost.</p>
    {children}
    <Row>
      <Action onPress={keepMine}>Keep my changes on top of theirs</Action>
      <Action onPress={takeTheirs}>Take theirs</Action>
    </Row>
  </div>
);
