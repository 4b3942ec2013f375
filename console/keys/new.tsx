/**
 * A new API key.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CreateForm } from '../app/create-form.tsx';
import type { FieldSpec } from '../app/fields.tsx';
import { Page } from '../app/page.tsx';
import { ActionLink, Card, Row } from '../app/parts.tsx';
import { Secret } from '../app/secret.tsx';
import { aclOf } from './acl.ts';
import { createKey, type KeyWithText } from './queries.ts';

const FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true, hint: 'Where it is used.' },
  { name: 'owner', label: 'Id of the owner', kind: 'text', hint: 'You, unless you name another.' },
  { name: 'forEver', label: 'Never expires', kind: 'switch' },
  {
    name: 'expiresAt',
    label: 'Expires after days',
    kind: 'number',
    hint: 'If empty, as the deployment’s settings say: after a year, unless they say otherwise.',
    isShown: ({ forEver }) => forEver !== true,
  },
  {
    name: 'acl',
    label: 'What it may do',
    kind: 'lines',
    hint: 'One resource a line: cdr=r, book=cru. If empty, what the owner’s roles say; the console does not give away the roles of who administers, so name it for them.',
  },
];

const DAY = 86_400;

/** `expiresAt`: as it is asked for, in days. */
type Typed = { forEver?: boolean; expiresAt?: number; acl?: string[] };

/** @param typed - As in the fields above. */
function keyOf(typed: object, now = Date.now() / 1000): object {
  const { forEver, expiresAt, acl, ...rest } = typed as Typed;
  return {
    ...rest,
    ...(acl && { acl: aclOf(acl) }),
    ...(forEver && { expiresAt: null }),
    ...(expiresAt !== undefined && { expiresAt: Math.floor(now + expiresAt * DAY) }),
  };
}

export function NewKey() {
  const cache = useQueryClient();
  const [made, setMade] = useState<KeyWithText>();
  return (
    <Page title="New API key">
      {made ? (
        <Card title={made.name}>
          <Secret secret={made.key} what="the key" />
          <Row>
            <ActionLink href={`/keys/${encodeURIComponent(made.id)}`}>To the key</ActionLink>
          </Row>
        </Card>
      ) : (
        <Card title="Key">
          <CreateForm
            specs={FIELDS}
            label="Create key"
            make={(typed) => createKey(keyOf(typed))}
            onMade={(key) => {
              setMade(key);
              void cache.invalidateQueries({ queryKey: ['keys'] });
            }}
          />
        </Card>
      )}
    </Page>
  );
}
