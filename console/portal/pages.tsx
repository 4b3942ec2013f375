/**
 * The API: every method of this deployment with what it takes and answers, and a button that calls it as
 * whoever is signed in. What /portal and /api of the service lead to.
 *
 *   ?group=   of which face
 *   ?find=    words of method, path and summary
 *   ?call=    path and query of a GET that a browser asked for without a token: it is called
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { useMay, useMe } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import css from '../app/parts.module.css';
import { Action, Failure, Soft } from '../app/parts.tsx';
import { SearchChoice, SearchText, sentIn } from '../app/search-fields.tsx';
import { settings } from '../app/settings.ts';
import { type ApiDocument, documentQuery, landingOf, methodsOf, partOf } from './document.ts';

const Swagger = lazy(async () => ({ default: (await import('./swagger.tsx')).Swagger }));

const FIRST = 'Admin';

export function PortalPages() {
  const { data, error } = useQuery(documentQuery);
  return (
    <Page
      title="API"
      about={
        <>
          Every method of this deployment, called as whoever is signed in. The document is{' '}
          <a href={`${settings.issuer}/openapi.json`}>openapi.json</a>, for generators of clients.
        </>
      }
    >
      <Failure error={error} />
      {data ? <Methods all={data} /> : !error && <Loading />}
    </Page>
  );
}

function Methods({ all }: { all: ApiDocument }) {
  const may = useMay();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const call = params.get('call');
  const landing = call === null ? undefined : landingOf(all, call);
  const group = landing?.group ?? params.get('group') ?? FIRST;
  const find = landing ? '' : (params.get('find') ?? '');
  const part = partOf(all, group, find);
  const count = methodsOf(part).length;
  const ask = (next: Record<string, string>) =>
    setParams(new URLSearchParams(Object.entries(next).filter(([, value]) => value)));
  return (
    <>
      <Search all={all} group={group} find={find} ask={ask} />
      {call !== null && !landing && (
        <p role="alert" className={css.problem}>
          <code>{call}</code> is no method that can be called here.
        </p>
      )}
      <section aria-labelledby="methods" className={css.stack}>
        <h2 className={css.hidden}>Methods</h2>
        <h3 id="methods">
          {group} <span className={css.soft}>({count})</span>
        </h3>
        {count === 0 && <Soft>No method has these words.</Soft>}
        {me && count > 0 && (
          <Suspense fallback={<Loading />}>
            {/* Anew for another part: it shows one document and cannot be given another. */}
            <Swagger key={params.toString()} document={part} may={may} landing={landing} />
          </Suspense>
        )}
      </section>
    </>
  );
}

type SearchProps = {
  all: ApiDocument;
  group: string;
  find: string;
  ask: (next: Record<string, string>) => void;
};

function Search({ all, group, find, ask }: SearchProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = sentIn(event.currentTarget);
    ask({ group: typed('group'), find: typed('find') });
  };
  return (
    <search>
      <form onSubmit={submit} className={css.filters} key={`${group} ${find}`}>
        <SearchChoice
          label="Group"
          name="group"
          options={all.tags.map(({ name }) => name)}
          chosen={group}
        />
        <SearchText
          label="Words"
          name="find"
          defaultValue={find}
          placeholder="user, roles, secret"
        />
        <Action type="submit">Search</Action>
      </form>
    </search>
  );
}
