/**
 * A form that changes a thing, by its fields (editing.ts says what happens to two who do that at once).
 *
 * Not `<form action>`, after which React empties the fields.
 *
 * @module
 */
import type { Seen } from './api.ts';
import { Conflict } from './conflict.tsx';
import { changeOf, type Draft, differs, draftOf } from './draft.ts';
import { DraftFields } from './draft-fields.tsx';
import { useEditing } from './editing.ts';
import type { FieldSpec, Value } from './fields.tsx';
import css from './parts.module.css';
import { Stack } from './parts.tsx';
import { Refused } from './refused.ts';
import { SaveRow } from './save-row.tsx';
import { typedBefore, useTyped } from './typed.ts';

export type EditFormProps<T extends object> = {
  seen: Seen<T>;
  specs: readonly FieldSpec[];
  save: (change: object, etag: string) => Promise<Seen<T>>;
  /** As it is now, for whoever came second. */
  reload: () => Promise<Seen<T>>;
  onSaved: (seen: Seen<T>) => void;
};

export function EditForm<T extends object>({
  seen,
  specs,
  save,
  reload,
  onSaved,
}: EditFormProps<T>) {
  const read = (thing: T) => draftOf(thing, specs);
  const editing = useEditing<T, Draft>({
    ...{ seen, reload, onSaved },
    typed: (from) => ({ ...from, ...typedBefore(FORM) }),
    draftOf: read,
    differs: (thing, draft) => Object.keys(changeOf(read(thing), draft, specs)).length > 0,
    save: (draft, base) => save(changeOf(read(base.thing), draft, specs), base.etag),
    merge: (base, draft, theirs) => merged(specs, read(base), draft, read(theirs)),
  });
  const { draft, base, change, theirs, saving } = editing;
  useTyped(FORM, changedIn(read(base.thing), draft), specs);
  const errors = saving.error instanceof Refused ? saving.error.fields : {};
  return (
    <form onSubmit={editing.submit} noValidate>
      <Stack>
        <DraftFields specs={specs} draft={draft} errors={errors} onChange={change} />
        {theirs && (
          <Conflict {...editing} what="this">
            <Both specs={specs} mine={draft} theirs={read(theirs.thing)} />
          </Conflict>
        )}
        <SaveRow {...editing} isContested={theirs !== undefined} />
      </Stack>
    </form>
  );
}

/** There is one on a page. */
const FORM = 'edit';

const changedIn = (base: Draft, draft: Draft): Draft =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => differs(base[name], value)));

function merged(specs: readonly FieldSpec[], base: Draft, draft: Draft, theirs: Draft): Draft {
  const mine = specs.filter(({ name }) => differs(base[name], draft[name]));
  return { ...theirs, ...Object.fromEntries(mine.map(({ name }) => [name, draft[name] ?? ''])) };
}

type BothProps = { specs: readonly FieldSpec[]; mine: Draft; theirs: Draft };

const Both = ({ specs, mine, theirs }: BothProps) => (
  <div className={css.scroll}>
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
  </div>
);

function textOf(value: Value | undefined): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return (Array.isArray(value) ? value.join(', ') : String(value ?? '')) || '–';
}
