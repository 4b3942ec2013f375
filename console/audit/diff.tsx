/**
 * What an event says beside who and when: what was before and after, what was replaced, what was too large.
 *
 * @module
 */
import { Fact, Facts, Name, Soft } from '../app/parts.tsx';
import css from './audit.module.css';
import type { Event } from './types.ts';

type Members = Readonly<Record<string, unknown>>;
type Change = { name: string; before: string | undefined; after: string | undefined };

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Of members that are objects, as of ACLs, a line each of theirs. */
function flat(members: Members = {}): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(members)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    for (const [inner, one] of isObject ? Object.entries(value) : [[undefined, value] as const]) {
      const text = textOf(one);
      if (text !== undefined) found.set(inner === undefined ? name : `${name}.${inner}`, text);
    }
  }
  return found;
}

function changesOf({ before, after }: Pick<Event, 'before' | 'after'>): Change[] {
  const [old, current] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((name) => ({ name, before: old.get(name), after: current.get(name) }))
    .filter((change) => change.before !== change.after);
}

export function Details({ event }: { event: Event }) {
  const { detail = {}, renewed = [], cut = [], actor, requestId, seq, subject } = event;
  const changes = changesOf(event);
  const count = changes.length + renewed.length;
  return (
    <details className={css.details}>
      <summary>{count === 0 ? 'More' : `${count} ${count === 1 ? 'change' : 'changes'}`}</summary>
      {changes.length > 0 && <Diff changes={changes} />}
      <Facts>
        {renewed.map((name) => (
          <Fact key={name} name={<Name>{name}</Name>}>
            was replaced
          </Fact>
        ))}
        {cut.map((name) => (
          <Fact key={name} name={<Name>{name}</Name>}>
            was too large to keep
          </Fact>
        ))}
        {Object.entries(detail).map(([name, value]) => (
          <Fact key={name} name={<Name>{name}</Name>}>
            <Name>{textOf(value) ?? ''}</Name>
          </Fact>
        ))}
        <Fact name="Subject">
          <Name>{seq === undefined ? subject : `${subject}, no. ${seq}`}</Name>
        </Fact>
        {requestId && <Fact name="Request">{requestId}</Fact>}
        {actor.client && actor.client !== detail['client'] && (
          <Fact name="Client">
            <Name>{actor.client}</Name>
          </Fact>
        )}
        {actor.userAgent && (
          <Fact name="Browser or program">
            <Name>{actor.userAgent}</Name>
          </Fact>
        )}
      </Facts>
      {event.migrated && <Soft>It is of a time before there was this table.</Soft>}
    </details>
  );
}

const Diff = ({ changes }: { changes: readonly Change[] }) => (
  <ul className={css.diff}>
    {changes.map(({ name, before, after }) => (
      <li key={name}>
        <Name>{name}</Name>
        {': '}
        {before !== undefined && (
          <del>
            <Name>{before}</Name>
          </del>
        )}
        {before !== undefined && after !== undefined && ' → '}
        {after !== undefined && (
          <ins>
            <Name>{after}</Name>
          </ins>
        )}
      </li>
    ))}
  </ul>
);
