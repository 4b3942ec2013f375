/**
 * Finds a key that somebody found where it should not be. Its secret is cut off here, in the browser, and
 * goes nowhere.
 *
 * @module
 */
import { type FormEvent, useId, useState } from 'react';
import { useLocation } from 'wouter';
import css from '../app/parts.module.css';
import { Action, Soft } from '../app/parts.tsx';

/** A key is `lk_<id>_<secret>`; of one that was shortened the id may be left. */
function idOf(text: string): string | undefined {
  const [, whole] = /^lk_([A-Za-z0-9_-]{16,1024})_[0-9A-Za-z]{49}$/.exec(text.trim()) ?? [];
  const [, id] = /^(?:lk_)?([A-Za-z0-9-]{16,1024})_?$/.exec(text.trim()) ?? [];
  return whole ?? id;
}

export function Leaked() {
  const id = useId();
  const [, go] = useLocation();
  const [isUnknown, setUnknown] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = idOf(String(new FormData(form).get('key') ?? ''));
    form.reset();
    setUnknown(!found);
    if (found) go(`/keys/${encodeURIComponent(found)}`, { state: { byLink: true } });
  };
  return (
    <form onSubmit={submit} className={css.filters}>
      <div className={css.field}>
        <label htmlFor={id}>The key, as it was found</label>
        <input
          id={id}
          name="key"
          type="password"
          className={css.input}
          autoComplete="off"
          aria-describedby={`${id}-error`}
        />
        <span id={`${id}-error`} className={css.error}>
          {isUnknown && 'This is no key of ours.'}
        </span>
      </div>
      <Action type="submit">Find it</Action>
      <Soft>Only its id is sent: the browser cuts the secret off.</Soft>
    </form>
  );
}
