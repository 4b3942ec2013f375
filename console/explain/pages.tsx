/**
 * Why a call is allowed or not: asked by what is in the address, so that the answer can be sent to somebody.
 *
 * @module
 */
import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import { useMay } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import css from '../app/parts.module.css';
import { Action, Missing, Row } from '../app/parts.tsx';
import { PATH, SearchChoice, SearchText, sentIn } from '../app/search-fields.tsx';
import { Answer } from './answer.tsx';
import { ByRequest } from './by-request.tsx';
import { withoutSecret } from './queries.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function ExplainPages() {
  const [params, setParams] = useSearchParams();
  const [id, method, path] = ['id', 'method', 'path'].map((name) => params.get(name) ?? '') as [
    string,
    string,
    string,
  ];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = sentIn(event.currentTarget);
    setParams({ id: withoutSecret(typed('id')), method: typed('method'), path: typed('path') });
  };
  return (
    <Page
      title="Explain"
      about="Whether a call would be allowed now, check by check, by the same rules that judge calls."
    >
      <search>
        <form onSubmit={submit} className={css.stack} key={params.toString()}>
          <div className={css.grid}>
            <SearchText
              label="Id of a session, a key or a domain token"
              name="id"
              defaultValue={id}
              hint="As its list shows it, or lk_… of a key; empty for your own session."
            />
            <SearchChoice label="Method" name="method" options={METHODS} chosen={method || 'GET'} />
            <SearchText label="Path" name="path" defaultValue={path} {...PATH} />
          </div>
          <Row>
            <Action type="submit" look="primary">
              Explain
            </Action>
          </Row>
        </form>
      </search>
      <ForOthers />
      {path && <Answer key={params.toString()} asked={{ id, method: method || 'GET', path }} />}
      <ByRequest />
    </Page>
  );
}

function ForOthers() {
  if (useMay()('r', 'admin/sessions')) return null;
  return <Missing letter="r" resource="admin/sessions" to="ask for any but your own session" />;
}
