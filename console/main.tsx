/**
 * The administration console: one page a collection, each loaded when somebody goes there.
 *
 * @module
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, lazy, StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Switch } from 'wouter';
import 'virtual:palette.css';
import './app/theme.css';
import { meQuery } from './app/me.ts';
import { Boundary, Page } from './app/page.tsx';
import { Soft } from './app/parts.tsx';
import type { Place } from './app/places.ts';
import { Refused } from './app/refused.ts';
import { currentSession, onSession, start } from './app/session.ts';
import { Shell } from './app/shell.tsx';
import { SignIn, SigningIn } from './app/sign-in.tsx';

const cache = new QueryClient({
  defaultOptions: {
    // What a browser believes of its network is no reason to wait in silence.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // What was refused is refused again; what did not arrive, or failed, may be tried.
      retry: (count, error) => count < 2 && !(error instanceof Refused && error.status < 500),
    },
  },
});

type Collection = Place & { Pages: ComponentType };

const collection = (
  name: string,
  label: string,
  load: () => Promise<ComponentType>,
): Collection => ({
  href: `/${name}`,
  label,
  resource: `admin/${name}`,
  Pages: lazy(async () => ({ default: await load() })),
});

/** Of which everybody sees something. */
const page = (href: string, label: string, load: () => Promise<ComponentType>): Collection => ({
  href,
  label,
  Pages: lazy(async () => ({ default: await load() })),
});

const COLLECTIONS: readonly Collection[] = [
  page('/', 'Overview', async () => (await import('./overview/pages.tsx')).OverviewPages),
  collection('users', 'Users', async () => (await import('./users/pages.tsx')).UserPages),
  collection('roles', 'Roles', async () => (await import('./roles/pages.tsx')).RolePages),
  collection('clients', 'Clients', async () => (await import('./clients/pages.tsx')).ClientPages),
  collection(
    'sessions',
    'Sessions',
    async () => (await import('./sessions/pages.tsx')).SessionPages,
  ),
  collection('keys', 'API keys', async () => (await import('./keys/pages.tsx')).KeyPages),
  collection(
    'domain-tokens',
    'Domain tokens',
    async () => (await import('./domain-tokens/pages.tsx')).DomainTokenPages,
  ),
  collection(
    'resources',
    'Resources',
    async () => (await import('./resources/pages.tsx')).ResourcePages,
  ),
  page('/explain', 'Explain', async () => (await import('./explain/pages.tsx')).ExplainPages),
  collection('audit', 'Audit', async () => (await import('./audit/pages.tsx')).AuditPages),
  collection('domains', 'Domains', async () => (await import('./domains/pages.tsx')).DomainPages),
  collection(
    'settings',
    'Settings',
    async () => (await import('./settings/pages.tsx')).SettingsPages,
  ),
  collection(
    'signing-keys',
    'Signing keys',
    async () => (await import('./signing-keys/pages.tsx')).SigningKeyPages,
  ),
  {
    href: '/portal',
    label: 'API',
    Pages: lazy(async () => ({ default: (await import('./portal/pages.tsx')).PortalPages })),
  },
];

function Console() {
  const session = useSyncExternalStore(onSession, currentSession);
  if (session.status === 'starting') return <SigningIn />;
  if (session.status === 'out') return <SignIn reason={session.reason} />;
  return (
    <Shell places={COLLECTIONS}>
      <Switch>
        {COLLECTIONS.map(({ href, Pages }) => (
          <Route key={href} path={href === '/' ? href : `${href}/*?`} component={Pages} />
        ))}
        <Route>
          <Page title="Nothing here">
            <Soft>There is no page at this address.</Soft>
          </Page>
        </Route>
      </Switch>
    </Shell>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <Boundary>
          <Console />
        </Boundary>
      </QueryClientProvider>
    </StrictMode>,
  );
await start();
if (currentSession().status === 'in') await cache.prefetchQuery(meQuery);
