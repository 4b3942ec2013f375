/**
 * One domain: its rules, its members, and what ends all of them at once.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Confirmed } from '../app/confirm.tsx';
import { DeleteButton } from '../app/deletion.tsx';
import { Ends } from '../app/ends.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { ActionLink, Card, Failure, Missing, Row, State } from '../app/parts.tsx';
import { ThingForm } from '../app/thing-form.tsx';
import { DOMAIN_FIELDS } from './fields.ts';
import { changeDomain, deleteDomain, domainQuery, readDomain, signOutDomain } from './queries.ts';

export function DomainPage({ id }: { id: string }) {
  const mayChange = useMay()('u', 'admin/domains');
  const { data, error } = useQuery(domainQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const of = `?domain=${encodeURIComponent(id)}`;
  return (
    <Page title={id} target={id}>
      <Card title="Members">
        <Row>
          <ActionLink href={`/users${of}`}>Users</ActionLink>
          <ActionLink href={`/clients${of}`}>Clients</ActionLink>
          <ActionLink href={`/domain-tokens${of}`}>Tokens of the domain</ActionLink>
        </Row>
      </Card>
      <Card title="Settings">
        {mayChange ? (
          <ThingForm
            collection="domains"
            id={id}
            seen={data}
            specs={DOMAIN_FIELDS}
            save={changeDomain}
            reload={readDomain}
          />
        ) : (
          <>
            <State disabled={data.thing.disabled} />
            <Missing letter="u" resource="admin/domains" to="change a domain" />
          </>
        )}
      </Card>
      <Ending id={id} />
    </Page>
  );
}

function Ending({ id }: { id: string }) {
  const cache = useQueryClient();
  const may = useMay();
  return (
    <Card title="Everybody at once">
      <Row>
        {may('d', 'admin/sessions') && (
          <Confirmed
            label="Sign everybody out"
            title={`Sign everybody of ${id} out?`}
            typed={id}
            act={() => signOutDomain(id)}
            onDone={() => void cache.invalidateQueries({ queryKey: ['domains', id] })}
          >
            <Ends of={{ domain: id }} />
            <p>Every session of every member ends, yours too if you are one. API keys go on.</p>
          </Confirmed>
        )}
        {may('d', 'admin/domains') && (
          <DeleteButton
            collection="domains"
            noun="domain"
            id={id}
            title={`Delete ${id}?`}
            remove={deleteDomain}
          >
            <p>A domain that still has members is not deleted.</p>
          </DeleteButton>
        )}
      </Row>
      {!may('d', 'admin/domains') && (
        <Missing letter="d" resource="admin/domains" to="delete a domain" />
      )}
    </Card>
  );
}
