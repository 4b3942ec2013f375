/**
 * The filters of a list, which are in the address.
 *
 * @module
 */
import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import css from './parts.module.css';
import { Action } from './parts.tsx';

export type Filters = Readonly<Record<string, string>>;
/** `type`: of the field, where it is not any text. */
export type FilterSpec = {
  name: string;
  label: string;
  options?: readonly string[];
  type?: string;
};

export function useFilters(specs: readonly FilterSpec[]): [Filters, (next: Filters) => void] {
  const [params, setParams] = useSearchParams();
  const given = specs.map(({ name }) => [name, params.get(name) ?? ''] as const);
  const asked = Object.fromEntries(given.filter(([, value]) => value !== ''));
  return [
    asked,
    (next) => setParams(new URLSearchParams(Object.entries(next).filter(([, v]) => v))),
  ];
}

type BarProps = { specs: readonly FilterSpec[]; asked: Filters; ask: (next: Filters) => void };

export function FilterBar({ specs, asked, ask }: BarProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask(Object.fromEntries(specs.map(({ name }) => [name, String(form.get(name) ?? '').trim()])));
  };
  return (
    <search>
      {/* Anew where the address says something else: back and forward. */}
      <form onSubmit={submit} className={css.filters} key={JSON.stringify(asked)}>
        {specs.map(({ name, label, options, type }) => (
          <div key={name} className={css.field}>
            <label htmlFor={`filter-${name}`}>{label}</label>
            {options ? (
              <select
                id={`filter-${name}`}
                name={name}
                className={css.input}
                defaultValue={asked[name] ?? ''}
              >
                {['', ...options].map((option) => (
                  <option key={option} value={option}>
                    {option || 'all'}
                  </option>
                ))}
              </select>
            ) : (
              <input
                id={`filter-${name}`}
                name={name}
                {...(type && { type })}
                className={css.input}
                defaultValue={asked[name] ?? ''}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </div>
        ))}
        <Action type="submit">Search</Action>
        {Object.keys(asked).length > 0 && <Action onPress={() => ask({})}>Clear</Action>}
      </form>
    </search>
  );
}
