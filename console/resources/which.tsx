/**
 * Which resource the path of a call is of, by the rules that judge calls.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import css from '../app/parts.module.css';
import { Action, Failure, Name, Soft } from '../app/parts.tsx';
import { PATH, SearchText, sentIn } from '../app/search-fields.tsx';
import { resourceOfPathQuery } from './queries.ts';

export function WhichResource() {
  const [path, setPath] = useState('');
  const { data, error } = useQuery({ ...resourceOfPathQuery(path), enabled: path !== '' });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPath(sentIn(event.currentTarget)('path'));
  };
  return (
    <form onSubmit={submit} className={css.filters}>
      <SearchText label="Path of a call" name="path" {...PATH} />
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
