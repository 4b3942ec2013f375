/**
 * A new token of a domain, shown this once.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../app/api.ts';
import { CreateForm } from '../app/create-form.tsx';
import type { FieldSpec } from '../app/fields.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { ActionLink, Card, Missing, Row } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { Secret } from '../app/secret.tsx';

type Made = Schemas['AdminDomainTokenWithText'];

const fieldsOf = (roles: readonly string[]): FieldSpec[] => [
  {
    name: 'role',
    label: 'Role',
    required: true,
    hint: 'What it may do, in the name of the domain.',
    ...(roles.length > 0 ? { kind: 'choice', options: ['', ...roles] } : { kind: 'text' }),
  },
  {
    name: 'expiresAt',
    label: 'Expires after days',
    kind: 'number',
    required: true,
    hint: 'At most as long as the deployment lets tokens live.',
  },
  { name: 'domain', label: 'Domain', kind: 'text', hint: 'Your own, unless you name another.' },
];

const DAY = 86_400;

/** `expiresAt`: as it is asked for, in days. */
type Typed = { expiresAt?: number; role: string; domain?: string };

/** @param typed - As in the fields above. */
function createToken(typed: object, now = Date.now() / 1000): Promise<Made> {
  const { expiresAt: days = 0, ...rest } = typed as Typed;
  const body = { ...rest, expiresAt: Math.floor(now + days * DAY) };
  return dataOf(api.POST('/admin/api/domain-tokens', { body }));
}

export function NewDomainToken() {
  const cache = useQueryClient();
  const roles = useRoleNames();
  const may = useMay();
  const [made, setMade] = useState<Made>();
  if (!may('c', 'admin/domain-tokens'))
    return (
      <Page title="New domain token">
        <Missing letter="c" resource="admin/domain-tokens" to="make a token" />
      </Page>
    );
  if (may('r', 'admin/roles') && roles.length === 0) return <Loading />;
  return (
    <Page title="New domain token">
      {made ? (
        <Card title={`Token of ${made.domain}`}>
          <Secret secret={made.token} what="the token" />
          <Row>
            <ActionLink href={`/domain-tokens/${encodeURIComponent(made.id)}`}>
              To the token
            </ActionLink>
          </Row>
        </Card>
      ) : (
        <Card title="Token">
          <CreateForm
            specs={fieldsOf(roles)}
            label="Create token"
            make={(typed) => createToken(typed)}
            onMade={(token) => {
              setMade(token);
              void cache.invalidateQueries({ queryKey: ['domain-tokens'] });
            }}
          />
        </Card>
      )}
    </Page>
  );
}
