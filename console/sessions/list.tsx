/**
 * Live sessions: one's own, or those of whomever the address names.
 *
 * @module
 */
import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import { Page } from '../app/page.tsx';
import css from '../app/parts.module.css';
import { Action } from '../app/parts.tsx';
import { SubjectSessions } from '../app/subject-sessions.tsx';

export function Sessions() {
  const [params, setParams] = useSearchParams();
  const subject = params.get('subject') ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = String(new FormData(event.currentTarget).get('subject') ?? '').trim();
    setParams(asked ? { subject: asked } : {});
  };
  return (
    <Page
      title="Sessions"
      about="Who is signed in, with what and since when. Whoever is signed out here is refused at the next call."
    >
      <search>
        <form onSubmit={submit} className={css.filters} key={subject}>
          <div className={css.field}>
            <label htmlFor="subject">Id of a user or a client</label>
            <input
              id="subject"
              name="subject"
              className={css.input}
              defaultValue={subject}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <Action type="submit">Search</Action>
          {subject && <Action onPress={() => setParams({})}>My own</Action>}
        </form>
      </search>
      <SubjectSessions
        key={subject}
        subject={subject || undefined}
        name={subject || 'your own account'}
      />
    </Page>
  );
}
