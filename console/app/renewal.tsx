/**
 * Another secret in place of the one that is used, at once or with a time in which both work.
 *
 * Units:  seconds.
 *
 * @module
 */
import { useId, useState } from 'react';
import { Confirmed } from './confirm.tsx';
import css from './parts.module.css';
import { Row, Stack } from './parts.tsx';
import { Secret } from './secret.tsx';

const OVERLAPS = [
  { label: 'ends now', seconds: 0 },
  { label: 'works for an hour more', seconds: 3600 },
  { label: 'works for a day more', seconds: 86_400 },
  { label: 'works for 30 days more', seconds: 2_592_000 },
] as const;

type Props = {
  what: string;
  /** @returns The new secret. */
  renew: (overlap: number) => Promise<string>;
  onDone: () => void;
};

export function Renewal({ what, renew, onDone }: Props) {
  const id = useId();
  const [overlap, setOverlap] = useState<number>(3600);
  const [secret, setSecret] = useState<string>();
  return (
    <Stack>
      {secret && <Secret secret={secret} what={what} />}
      <div className={css.field}>
        <label htmlFor={id}>The one before</label>
        <select
          id={id}
          className={css.input}
          value={overlap}
          onChange={({ target }) => setOverlap(Number(target.value))}
        >
          {OVERLAPS.map(({ label, seconds }) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Row>
        <Confirmed
          label="Make a new secret"
          title={`Make ${what} anew?`}
          act={async () => setSecret(await renew(overlap))}
          onDone={onDone}
        >
          <p>
            {overlap === 0
              ? 'The one before is refused from now on, and all that was given to it ends.'
              : 'Both work for that time, so that nothing stands still while it is exchanged.'}
          </p>
        </Confirmed>
      </Row>
    </Stack>
  );
}
