/**
 * Fields of forms, each with its label, its hint and what the service says is wrong with it.
 *
 * A value is what the field holds: a text, several lines, a choice or a set of names.
 *
 * @module
 */
import { type ReactNode, useId } from 'react';
import css from './parts.module.css';
import { Picture } from './picture.tsx';

export type Value = string | boolean | readonly string[];
export type FieldSpec = {
  /** As in the API; a member of an object after a dot: `profile.given_name`. */
  name: string;
  label: string;
  /** Of a form that has several. */
  group?: string;
  kind:
    | 'text'
    | 'picture'
    | 'email'
    | 'password'
    | 'number'
    | 'lines'
    | 'switch'
    | 'choice'
    | 'names';
  hint?: string;
  required?: boolean;
  /** Of a choice, or of names to tick. */
  options?: readonly string[];
  /** What a choice's options mean, by their names. */
  meanings?: Readonly<Record<string, string>>;
  /** Of a number: what the service shows where nothing is said, which reads as an empty field. */
  unsaid?: number;
  /** Whether the field is there, given what is typed in the others. */
  isShown?: (draft: Readonly<Record<string, Value>>) => boolean;
  /** What will come of it, below the field. */
  preview?: (draft: Readonly<Record<string, Value>>) => ReactNode;
};

type FieldProps = {
  spec: FieldSpec;
  value: Value;
  error?: string | undefined;
  onChange: (value: Value) => void;
};

export function Field(props: FieldProps) {
  if (props.spec.kind === 'switch') return <Switch {...props} />;
  if (props.spec.kind === 'names') return <Ticks {...props} />;
  return <Entry {...props} />;
}

function Entry({ spec, value, error, onChange }: FieldProps) {
  const id = useId();
  const attributes = {
    id,
    name: spec.name,
    className: css.input,
    value: String(value),
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-hint ${id}-error`,
    'aria-required': spec.required ?? false,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className={css.field}>
      <label htmlFor={id}>{spec.label}</label>
      {spec.kind === 'picture' ? (
        <Picture {...{ label: spec.label, value: String(value), attributes, onChange }} />
      ) : (
        <Control spec={spec} attributes={attributes} />
      )}
      <Said id={id} hint={spec.hint} error={error} />
    </div>
  );
}

function Control({ spec, attributes }: { spec: FieldSpec; attributes: object }) {
  if (spec.kind === 'lines') return <textarea {...attributes} rows={4} spellCheck={false} />;
  if (spec.kind !== 'choice')
    return (
      <input
        {...attributes}
        type={spec.kind}
        autoComplete={spec.kind === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
      />
    );
  return (
    <select {...attributes}>
      {(spec.options ?? []).map((option) => (
        <option key={option} value={option}>
          {spec.meanings?.[option] ?? (option || '–')}
        </option>
      ))}
    </select>
  );
}

function Said({
  id,
  hint,
  error,
}: {
  id: string;
  hint: string | undefined;
  error: string | undefined;
}) {
  return (
    <>
      {hint && (
        <span id={`${id}-hint`} className={`${css.soft} ${css.small}`}>
          {hint}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} className={css.error}>
          {error}
        </span>
      )}
    </>
  );
}

function Switch({ spec, value, error, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <span className={css.choice}>
        <input
          id={id}
          name={spec.name}
          type="checkbox"
          checked={value === true}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={({ target }) => onChange(target.checked)}
        />
        <label htmlFor={id}>{spec.label}</label>
      </span>
      <Said id={id} hint={spec.hint} error={error} />
    </div>
  );
}

/** What somebody holds already is shown also where it is not among the options. */
function Ticks({ spec, value, error, onChange }: FieldProps) {
  const id = useId();
  const held = Array.isArray(value) ? (value as string[]) : [];
  const all = [...new Set([...(spec.options ?? []), ...held])];
  const toggle = (name: string, isOn: boolean) =>
    onChange(isOn ? [...held, name] : held.filter((one) => one !== name));
  return (
    <fieldset className={css.choices} aria-describedby={`${id}-hint ${id}-error`}>
      <legend className={css.label}>{spec.label}</legend>
      {all.map((name) => (
        <label key={name} className={css.choice}>
          <input
            type="checkbox"
            name={spec.name}
            value={name}
            checked={held.includes(name)}
            onChange={({ target }) => toggle(name, target.checked)}
          />
          <bdi>{name}</bdi>
        </label>
      ))}
      {all.length === 0 && <span className={css.soft}>none</span>}
      <Said id={id} hint={spec.hint} error={error} />
    </fieldset>
  );
}
