/**
 * Which resource the path of a call is of, by the rules that judge calls.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import css from '../app/parts.module.css';
import { Action, Failure, Name, Soft } from '../app/parts.tsx';
import { resourceOfPathQuery } from './queries.ts';

export function WhichResource() {
  const id = useId();
  const [path, setPath] = useState('');
  const { data, error } = useQuery({ ...resourceOfPathQuery(path), enabled: path !== '' });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPath(String(new FormData(event.currentTarget).get('path') ?? '').trim());
  };
  return (
    <form onSubmit={submit} className={css.filters}>
      <div className={css.field}>
        <label htmlFor={id}>Path of a call</label>
        <input
          id={id}
          name="path"
          className={css.input}
          placeholder="/cdr/7"
          required
          pattern="/.*"
          title="A path begins with /"
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Action type="submit">Which resource is it?</Action>
      <div aria-live="polite">
        <Failure error={error} />
        {data && (
          <Soft>
            <Name>{path}</Name>: {data}
          </Soft>
        )}
      </div>
    </form>
  );
}
