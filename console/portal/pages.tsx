/**
 * Where the API is described: what /portal and /api of the service lead to.
 *
 * @module
 */
import { Page } from '../app/page.tsx';
import { Card, CommandLine, Soft } from '../app/parts.tsx';
import { settings } from '../app/settings.ts';

export const PortalPages = () => (
  <Page title="API" about="Every method of this deployment, with what it takes and answers.">
    <Card title="OpenAPI 3.1">
      <Soft>
        The document of this deployment is at{' '}
        <a href={`${settings.issuer}/openapi.json`}>{settings.issuer}/openapi.json</a>: for
        generators of clients, and for whatever shows such documents.
      </Soft>
      <CommandLine>{`curl ${settings.issuer}/admin/api/me -H "Authorization: Bearer $TOKEN"`}</CommandLine>
    </Card>
  </Page>
);
