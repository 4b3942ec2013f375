/**
 * A form that changes a thing. It keeps the state, and the tag, that it began with: whatever is read anew in
 * the background, a change of somebody else's is never overwritten unseen. Then both versions are shown,
 * and what was typed stays.
 *
 * Not `<form action>`, after which React empties the fields.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Seen } from './api.ts';
import { changeOf, type Draft, differs, draftOf, errorAt } from './draft.ts';
import { Field, type FieldSpec, type Value } from './fields.tsx';
import { Groups } from './groups.tsx';
import css from './parts.module.css';
import { Action, Done, Failure, Row, Stack } from './parts.tsx';
import { Refused } from './refused.ts';

type Props<T extends object> = {
  seen: Seen<T>;
  specs: readonly FieldSpec[];
  save: (change: object, etag: string) => Promise<Seen<T>>;
  /** As it is now, for whoever came second. */
  reload: () => Promise<Seen<T>>;
  onSaved?: (seen: Seen<T>) => void;
  /** What else the form says, by what is typed. */
  children?: (draft: Draft) => ReactNode;
};

export function EditForm<T extends object>({
  seen,
  specs,
  save,
  reload,
  onSaved,
  children,
}: Props<T>) {
  const [base, setBase] = useState(seen);
  const [draft, setDraft] = useState<Draft>(() => draftOf(seen.thing, specs));
  const [theirs, setTheirs] = useState<Seen<T>>();
  const began = draftOf(base.thing, specs);
  const change = changeOf(began, draft, specs);
  const isDirty = Object.keys(change).length > 0;

  const [followed, follow] = useState(seen);

  const begin = (from: Seen<T>) => {
    setBase(from);
    setDraft(draftOf(from.thing, specs));
    setTheirs(undefined);
  };
  // Whoever has typed nothing sees what is there now.
  if (seen !== followed && !isDirty && !theirs) {
    follow(seen);
    begin(seen);
  }
  const saving = useMutation({
    mutationFn: () => save(change, base.etag),
    onSuccess: (saved) => {
      begin(saved);
      onSaved?.(saved);
    },
    onError: async (error) => {
      if (error instanceof Refused && error.status === 412) setTheirs(await reload());
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty) saving.mutate();
  };
  const errors = saving.error instanceof Refused ? saving.error.fields : {};
  const set = (name: string, value: Value) => {
    if (saving.isSuccess) saving.reset();
    setDraft({ ...draft, [name]: value });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Groups specs={specs}>
          {(spec) => (
            <Field
              key={spec.name}
              spec={spec}
              value={draft[spec.name] ?? ''}
              error={errorAt(errors, spec.name)}
              onChange={(value) => set(spec.name, value)}
            />
          )}
        </Groups>
        {children?.(draft)}
        {theirs ? (
          <Conflict
            specs={specs}
            mine={draft}
            theirs={draftOf(theirs.thing, specs)}
            onTheirs={() => {
              begin(theirs);
              saving.reset();
            }}
            onMine={() => {
              const now = draftOf(theirs.thing, specs);
              const mine = specs.filter(({ name }) => differs(began[name], draft[name]));
              begin(theirs);
              setDraft({
                ...now,
                ...Object.fromEntries(mine.map(({ name }) => [name, draft[name] ?? ''])),
              });
              saving.reset();
            }}
          />
        ) : (
          <Failure error={saving.error} />
        )}
        {saving.isSuccess && !isDirty && <Done>Saved.</Done>}
        <Row>
          <Action type="submit" look="primary" isDisabled={!isDirty || saving.isPending}>
            {saving.isPending ? 'Saving…' : 'Save'}
          </Action>
          {isDirty && <Action onPress={() => begin(base)}>Undo</Action>}
        </Row>
      </Stack>
    </form>
  );
}

type ConflictProps = {
  specs: readonly FieldSpec[];
  mine: Draft;
  theirs: Draft;
  onMine: () => void;
  onTheirs: () => void;
};

function Conflict({ specs, mine, theirs, onMine, onTheirs }: ConflictProps) {
  const rows = specs.filter(({ name }) => differs(mine[name], theirs[name]));
  return (
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
          {rows.map(({ name, label }) => (
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
}

function textOf(value: Value | undefined): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return (Array.isArray(value) ? value.join(', ') : String(value ?? '')) || '–';
}
