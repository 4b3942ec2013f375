/**
 * Sessions as rows of a list: what is shown of each, and what a list is narrowed by.
 *
 * @module
 */
import { api, type Schemas } from './api.ts';
import type { ListProps } from './list.tsx';
import { Moment, Tag } from './parts.tsx';

export type Session = Schemas['AdminSession'];

export const endSession = ({ id }: Session) =>
  api.DELETE('/admin/api/sessions/{id}', { params: { path: { id } } });

export const OF_SESSIONS = {
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/sessions/${encodeURIComponent(id)}`,
  nameOf: ({ username, kind, client, id }) => `${username} ${kind} ${client} ${id.slice(-8)}`,
} satisfies Partial<ListProps<Session>>;

/** As the doors of the service call the sessions that they open. */
const KINDS = [
  'browser',
  'authorization_code',
  'client_credentials',
  'webitel',
  'appmixer',
  'faveo',
];

export const SESSION_FILTERS: NonNullable<ListProps<Session>['filters']> = [
  { name: 'domain', label: 'All of a domain' },
  { name: 'subject', label: 'Or of a user or client: its id' },
  { name: 'kind', label: 'Kind', options: KINDS },
  { name: 'client', label: 'Client' },
  { name: 'address', label: 'Address' },
];

type Columns = ListProps<Session>['columns'];

export const SESSION_COLUMNS: Columns = [
  { label: 'Kind', cell: ({ kind }) => kind.replaceAll(/[_-]/g, ' ') },
  {
    label: 'Client',
    cell: ({ client, current }) => (
      <>
        <bdi>{client}</bdi> {current && <Tag>this one</Tag>}
      </>
    ),
  },
  { label: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { label: 'Until', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
  { label: 'Address', cell: ({ ip }) => ip ?? '–' },
];

/** Where they are of several. */
export const OWNED_COLUMNS: Columns = [
  { label: 'Of', cell: ({ username }) => <bdi>{username}</bdi> },
  ...SESSION_COLUMNS,
];
