/**
 * The state of a form that changes a thing: what it began with, with its tag, and what was typed.
 *
 * Whatever is read anew in the background, a change of somebody else's is never overwritten unseen: after a
 * 412 `theirs` is what is there now, and what was typed stays. Whoever has typed nothing sees what is there.
 *
 * @module
 */
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Seen } from './api.ts';
import { Refused } from './refused.ts';

export type Edited<T, D> = {
  seen: Seen<T>;
  draftOf: (thing: T) => D;
  /** What is typed at first, where something was before a sign-in. */
  typed?: (draft: D) => D;
  differs: (thing: T, draft: D) => boolean;
  save: (draft: D, base: Seen<T>) => Promise<Seen<T>>;
  reload: () => Promise<Seen<T>>;
  /** One's own changes of the base, made to what somebody else has saved. */
  merge: (base: T, draft: D, theirs: T) => D;
  onSaved: (saved: Seen<T>) => void;
};

export type Editing<T, D> = {
  base: Seen<T>;
  draft: D;
  isDirty: boolean;
  theirs: Seen<T> | undefined;
  saving: UseMutationResult<Seen<T>, Error, void>;
  change: (draft: D) => void;
  submit: (event: FormEvent) => void;
  undo: () => void;
  takeTheirs: () => void;
  keepMine: () => void;
};

export function useEditing<T, D>(edited: Edited<T, D>): Editing<T, D> {
  const { seen, draftOf, typed: before = (draft) => draft, differs } = edited;
  const { save, reload, merge, onSaved } = edited;
  const [base, setBase] = useState(seen);
  const [draft, setDraft] = useState(() => before(draftOf(seen.thing)));
  const [theirs, setTheirs] = useState<Seen<T>>();
  const [followed, follow] = useState(seen);
  const isDirty = differs(base.thing, draft);
  const begin = (from: Seen<T>, typed = draftOf(from.thing)) => {
    setBase(from);
    setDraft(typed);
    setTheirs(undefined);
  };
  const saving = useMutation({
    mutationFn: () => save(draft, base),
    onSuccess: (saved) => {
      begin(saved);
      onSaved(saved);
    },
    onError: async (error) => {
      if (error instanceof Refused && error.status === 412) setTheirs(await reload());
    },
  });
  if (seen !== followed && !isDirty && !theirs) {
    follow(seen);
    begin(seen);
  }
  const beginAnew = (from: Seen<T> | undefined, typed?: D) => {
    saving.reset();
    if (from) begin(from, typed);
  };
  return {
    ...{ base, draft, isDirty, theirs, saving },
    change: (typed) => {
      if (saving.isSuccess) saving.reset();
      setDraft(typed);
    },
    submit: (event) => {
      event.preventDefault();
      if (isDirty) saving.mutate();
    },
    undo: () => beginAnew(base),
    takeTheirs: () => beginAnew(theirs),
    keepMine: () => beginAnew(theirs, theirs && merge(base.thing, draft, theirs.thing)),
  };
}
