/**
 * A form that changes a thing, by its fields (editing.ts says what happens to two who do that at once).
 *
 * Not `<form action>`, after which React empties the fields.
 *
 * @module
 */
import type { Seen } from './api.ts';
import { changeOf, type Draft, differs, draftOf, errorAt } from './draft.ts';
import { useEditing } from './editing.ts';
import { Field, type FieldSpec, type Value } from './fields.tsx';
import { Groups } from './groups.tsx';
import css from './parts.module.css';
import { Action, Row, Stack } from './parts.tsx';
import { Refused } from './refused.ts';
import { SaveRow } from './save-row.tsx';

type Props<T extends object> = {
  seen: Seen<T>;
  specs: readonly FieldSpec[];
  save: (change: object, etag: string) => Promise<Seen<T>>;
  /** As it is now, for whoever came second. */
  reload: () => Promise<Seen<T>>;
  onSaved: (seen: Seen<T>) => void;
};

export function EditForm<T extends object>({ seen, specs, save, reload, onSaved }: Props<T>) {
  const read = (thing: T) => draftOf(thing, specs);
  const editing = useEditing<T, Draft>({
    ...{ seen, reload, onSaved },
    draftOf: read,
    differs: (thing, draft) => Object.keys(changeOf(read(thing), draft, specs)).length > 0,
    save: (draft, base) => save(changeOf(read(base.thing), draft, specs), base.etag),
    merge: (base, draft, theirs) => merged(specs, read(base), draft, read(theirs)),
  });
  const { draft, change, theirs, saving } = editing;
  const errors = saving.error instanceof Refused ? saving.error.fields : {};
  return (
    <form onSubmit={editing.submit} noValidate>
      <Stack>
        <Groups specs={specs}>
          {(spec) => (
            <Field
              key={spec.name}
              spec={spec}
              value={draft[spec.name] ?? ''}
              error={errorAt(errors, spec.name)}
              onChange={(value) => change({ ...draft, [spec.name]: value })}
            />
          )}
        </Groups>
        {theirs && (
          <Conflict
            specs={specs}
            mine={draft}
            theirs={read(theirs.thing)}
            onTheirs={editing.takeTheirs}
            onMine={editing.keepMine}
          />
        )}
        <SaveRow {...editing} isContested={theirs !== undefined} />
      </Stack>
    </form>
  );
}

function merged(specs: readonly FieldSpec[], base: Draft, draft: Draft, theirs: Draft): Draft {
  const mine = specs.filter(({ name }) => differs(base[name], draft[name]));
  return { ...theirs, ...Object.fromEntries(mine.map(({ name }) => [name, draft[name] ?? ''])) };
}

type ConflictProps = {
  specs: readonly FieldSpec[];
  mine: Draft;
  theirs: Draft;
  onMine: () => void;
  onTheirs: () => void;
};

const Conflict = ({ specs, mine, theirs, onMine, onTheirs }: ConflictProps) => (
  <div role="alert" className={css.problem}>
    <p>Somebody else changed this meanwhile. Nothing of yours is saved yet, or lost.</p>
    <table className={css.table}>
      <caption>Both versions</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Yours</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {specs
          .filter(({ name }) => differs(mine[name], theirs[name]))
          .map(({ name, label }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              <td data-label="Yours">{textOf(mine[name])}</td>
              <td data-label="Now">{textOf(theirs[name])}</td>
            </tr>
          ))}
      </tbody>
    </table>
    <Row>
      <Action onPress={onMine}>Keep my changes on top of theirs</Action>
      <Action onPress={onTheirs}>Take theirs</Action>
    </Row>
  </div>
);

function textOf(value: Value | undefined): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return (Array.isArray(value) ? value.join(', ') : String(value ?? '')) || '–';
}
