/**
 * What is done to several rows of a list at once: one call a row, so that each is one event of the audit.
 *
 * @module
 */
import type { ReactNode } from 'react';
import { Confirmed } from './confirm.tsx';
import { Row, Soft } from './parts.tsx';

export type Act<T> = {
  label: string;
  about: ReactNode;
  run: (item: T) => Promise<unknown>;
  onDone: () => void;
};

type Props<T> = {
  acts: readonly Act<T>[];
  items: readonly T[];
  nameOf: (item: T) => string;
  onDone: () => void;
};

export function Several<T>({ acts, items, nameOf, onDone }: Props<T>) {
  if (items.length === 0) return <Soft>Choose rows to act on several at once.</Soft>;
  return (
    <Row>
      <span role="status">{items.length} chosen</span>
      {acts.map(({ label, about, run, onDone: also }) => (
        <Confirmed
          key={label}
          label={label}
          title={`${label}: ${items.length}`}
          act={() => oneByOne(items, run)}
          onDone={() => {
            onDone();
            also();
          }}
        >
          <p>{about}</p>
          <ul>
            {items.map((item) => (
              <li key={nameOf(item)}>
                <bdi>{nameOf(item)}</bdi>
              </li>
            ))}
          </ul>
        </Confirmed>
      ))}
    </Row>
  );
}

/** One after the other: the first that is refused ends it, and says so. */
async function oneByOne<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await run(item);
}
