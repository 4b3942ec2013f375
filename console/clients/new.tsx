/**
 * A new client: first of which kind, then what that kind needs.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { CreateForm } from '../app/create-form.tsx';
import { Page } from '../app/page.tsx';
import parts from '../app/parts.module.css';
import { ActionLink, Card, Row, Soft } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { Secret } from '../app/secret.tsx';
import { isKind, KINDS, type Kind, newClientFields } from './fields.ts';
import { HowTo } from './how-to.tsx';
import { type ClientWithSecret, createClient } from './queries.ts';

export function NewClient() {
  const [params] = useSearchParams();
  const kind = params.get('kind') ?? '';
  return (
    <Page title="New client">
      {isKind(kind) ? <OfKind key={kind} kind={kind} /> : <ChooseKind />}
    </Page>
  );
}

const ChooseKind = () => (
  <div className={parts.grid}>
    {Object.entries(KINDS).map(([kind, { label, about }]) => (
      <Card key={kind} title={label}>
        <Soft>{about}</Soft>
        <Row>
          <ActionLink
            href={`/clients/new?kind=${kind}`}
          >{`Choose ${label.toLowerCase()}`}</ActionLink>
        </Row>
      </Card>
    ))}
  </div>
);

function OfKind({ kind }: { kind: Kind }) {
  const cache = useQueryClient();
  const roles = useRoleNames();
  const [made, setMade] = useState<ClientWithSecret>();
  const { label, initial } = KINDS[kind];
  if (made)
    return (
      <Card title={`${made.name} is registered`}>
        {made.secret && <Secret secret={made.secret} what="the secret (API password)" />}
        <h3>How to use it</h3>
        <HowTo client={made} />
        <Row>
          <ActionLink href={`/clients/${encodeURIComponent(made.id)}`}>To the client</ActionLink>
        </Row>
      </Card>
    );
  return (
    <Card title={label}>
      <CreateForm
        specs={newClientFields(kind, roles)}
        initial={kind === 'machine' ? {} : { scopes: ['openid', 'profile', 'email'] }}
        label="Create client"
        make={(client) => createClient({ ...initial, ...client })}
        onMade={(client) => {
          setMade(client);
          void cache.invalidateQueries({ queryKey: ['clients'] });
        }}
      />
    </Card>
  );
}
