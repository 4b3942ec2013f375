/**
 * The resources of the deployment: what letters are about.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Card, Name, Names, Soft } from '../app/parts.tsx';
import { listResources, type Resource } from './queries.ts';
import { WhichResource } from './which.tsx';

export const Resources = () => (
  <ListPage<Resource>
    collection="resources"
    title="Resources"
    about="Parts of your APIs, by their paths; a role has letters on each."
    create={{ label: 'New resource', to: 'register a resource' }}
    read={listResources}
    keyOf={({ name }) => name}
    nameOf={({ name }) => name}
    columns={[
      { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
      { label: 'Title', cell: ({ title }) => <bdi>{title ?? '–'}</bdi> },
      { label: 'Patterns', cell: ({ patterns }) => <Names names={patterns} /> },
    ]}
    empty={<Soft>There are no resources. A call is judged by the resource of its path.</Soft>}
    commandLine="npm run latchkey -- resource import openapi.yaml --dry-run"
  >
    <Card title="Which resource is this path?">
      <WhichResource />
    </Card>
  </ListPage>
);
