/**
 * The resources of the deployment: what letters are about.
 *
 * @module
 */
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import { ActionLink, Missing, Name, Names, Soft } from '../app/parts.tsx';
import { listResources, type Resource } from './queries.ts';

export function Resources() {
  const mayCreate = useMay()('c', 'admin/resources');
  return (
    <Page
      title="Resources"
      about="Parts of your APIs, by their paths; a role has letters on each."
      actions={
        mayCreate && (
          <ActionLink href="/resources/new" look="primary">
            New resource
          </ActionLink>
        )
      }
    >
      <List<Resource>
        caption="Resources"
        queryKey={['resources']}
        read={listResources}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => `/resources/${encodeURIComponent(name)}`}
        nameOf={({ name }) => name}
        columns={[
          { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
          { label: 'Title', cell: ({ title }) => <bdi>{title ?? '–'}</bdi> },
          { label: 'Patterns', cell: ({ patterns }) => <Names names={patterns} /> },
        ]}
        empty={<Soft>There are no resources. A call is judged by the resource of its path.</Soft>}
        commandLine="npm run latchkey -- resource import openapi.yaml --dry-run"
      />
      {!mayCreate && <Missing letter="c" resource="admin/resources" to="register a resource" />}
    </Page>
  );
}
