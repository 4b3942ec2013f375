/**
 * What became of one call, by the id that its answer had: the line of the authorizer's log, and the verdict on
 * such a call as of now.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useSearchParams } from 'wouter';
import { useMay } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import css from '../app/parts.module.css';
import { Action, Card, Failure, Missing, Row, Soft } from '../app/parts.tsx';
import { SearchChoice, SearchText, sentIn } from '../app/search-fields.tsx';
import { DecisionFacts } from './decision.tsx';
import { decisionsQuery, HOURS, type Logged } from './queries.ts';

export function ByRequest() {
  const may = useMay()('r', 'admin/audit');
  return (
    <Card title="By the id of a request">
      {may ? <Search /> : <Missing letter="r" resource="admin/audit" to="find a call in the log" />}
    </Card>
  );
}

function Search() {
  const [params, setParams] = useSearchParams();
  const request = params.get('request') ?? '';
  const hours = params.get('hours') ?? HOURS[0];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = sentIn(event.currentTarget);
    setParams({ request: typed('request'), hours: typed('hours') });
  };
  return (
    <>
      <search>
        <form onSubmit={submit} className={css.stack} key={params.toString()}>
          <div className={css.grid}>
            <SearchText
              label="Id of the request"
              name="request"
              defaultValue={request}
              required
              hint="As in apigw-requestid or x-amzn-requestid of the answer."
            />
            <SearchChoice
              label="In the last hours"
              name="hours"
              options={HOURS}
              chosen={hours}
              hint="AWS bills by how much of the log is read."
            />
          </div>
          <Row>
            <Action type="submit">Find the call</Action>
          </Row>
        </form>
      </search>
      {request && <Found logged={{ request, hours }} />}
    </>
  );
}

function Found({ logged }: { logged: Logged }) {
  const { data, error } = useQuery(decisionsQuery(logged));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  if (data.items.length === 0)
    return (
      <Soft>
        No line of this call: it was allowed and not sampled, is older, or is of a domain that you
        do not see. A line takes a minute to be found.
      </Soft>
    );
  return data.items.map((decision) => (
    <DecisionFacts key={`${decision.at} ${decision.api} ${decision.ms}`} decision={decision} />
  ));
}
