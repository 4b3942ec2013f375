/**
 * A form that makes a thing.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Draft, draftOf, shownIn, thingOf } from './draft.ts';
import { DraftFields } from './draft-fields.tsx';
import type { FieldSpec } from './fields.tsx';
import { Action, Failure, Row, Stack } from './parts.tsx';
import { Refused } from './refused.ts';
import { typedBefore, useTyped } from './typed.ts';

export type CreateFormProps<T> = {
  specs: readonly FieldSpec[];
  /** What the fields hold at first. */
  initial?: object;
  label: string;
  make: (thing: object) => Promise<T>;
  onMade: (made: T) => void;
};

export function CreateForm<T>({ specs, initial = {}, label, make, onMade }: CreateFormProps<T>) {
  const [draft, setDraft] = useState<Draft>(() => ({
    ...draftOf(initial, specs),
    ...typedBefore(label),
  }));
  useTyped(label, draft, specs);
  const making = useMutation({ mutationFn: () => make(thingOf(draft, specs)), onSuccess: onMade });
  const missing = shownIn(draft, specs).filter(({ name, required }) => required && !draft[name]);
  const [isTried, setTried] = useState(false);
  const refused = making.error instanceof Refused ? making.error.fields : {};
  const said = isTried
    ? { ...refused, ...Object.fromEntries(missing.map(({ name }) => [name, 'is needed'])) }
    : refused;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) making.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <DraftFields specs={specs} draft={draft} errors={said} onChange={setDraft} />
        <Failure error={making.error} />
        <Row>
          <Action type="submit" look="primary" isDisabled={making.isPending}>
            {making.isPending ? 'Just a moment…' : label}
          </Action>
        </Row>
      </Stack>
    </form>
  );
}
