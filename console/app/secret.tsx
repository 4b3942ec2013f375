/**
 * A secret that is shown once: to be copied now, and gone with the page.
 *
 * @module
 */
import css from './parts.module.css';
import { Copy, Note, Row } from './parts.tsx';

type Props = { secret: string; what: string };

export const Secret = ({ secret, what }: Props) => (
  <Note>
    <div role="status" className={css.stack}>
      <p>
        <strong>This is {what}.</strong> It is shown now and never again: copy it to where it is
        needed.
      </p>
      <Row>
        <code data-testid="secret">{secret}</code>
        <Copy text={secret} what={what} />
      </Row>
    </div>
  </Note>
);
