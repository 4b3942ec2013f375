/**
 * Fields of a search, which the browser holds until it is sent: what was sent is in the address.
 *
 * @module
 */
import { type ComponentProps, useId } from 'react';
import css from './parts.module.css';

type Named = { label: string; name: string; hint?: string };

export function SearchText({ label, hint, ...attributes }: Named & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...attributes}
        id={id}
        className={css.input}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hint && `${id}-hint`}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
}

type ChoiceProps = Named & { options: readonly string[]; chosen: string };

/** What is in the address is offered, too, whatever it is. */
export function SearchChoice({ label, name, hint, options, chosen }: ChoiceProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        className={css.input}
        defaultValue={chosen}
        aria-describedby={hint && `${id}-hint`}
      >
        {[...new Set([...options, chosen])].map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <Hint id={id} hint={hint} />
    </div>
  );
}

const Hint = ({ id, hint }: { id: string; hint: string | undefined }) =>
  hint === undefined ? null : (
    <span id={`${id}-hint`} className={`${css.soft} ${css.small}`}>
      {hint}
    </span>
  );

/** Of a call. */
export const PATH = {
  placeholder: '/cdr/7',
  required: true,
  pattern: '/.*',
  title: 'A path begins with /',
} as const;

/** @returns What was typed in each field, by its name. */
export function sentIn(form: HTMLFormElement): (name: string) => string {
  const data = new FormData(form);
  return (name) => String(data.get(name) ?? '').trim();
}
