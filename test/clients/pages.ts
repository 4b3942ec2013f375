/**
 * An application that is nothing but a page: it has oidc-client-ts as its authors ship it, and one user
 * manager, `manager`. The test clicks and calls in the page.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type PageApplication = { origin: string; stop(): void };

const MAIN = createRequire(import.meta.url).resolve('oidc-client-ts');
/** As a page loads it. */
const LIBRARY = readFileSync(join(MAIN, '../../browser/oidc-client-ts.min.js'), 'utf8');

const html = `<!doctype html><meta charset="utf-8"><title>Page</title>
<script src="/oidc-client-ts.js"></script>
<script>
  const settings = new URLSearchParams(location.hash.slice(1));
  if (settings.has('authority')) sessionStorage.settings = settings;
  const { authority, client_id } = Object.fromEntries(new URLSearchParams(sessionStorage.settings));
  const manager = new oidc.UserManager({
    authority,
    client_id,
    redirect_uri: location.origin + '/callback',
    post_logout_redirect_uri: location.origin + '/bye',
    scope: 'openid profile email offline_access',
    loadUserInfo: true,
    automaticSilentRenew: false,
    revokeTokensOnSignout: true,
  });
</script>`;

export async function servePage(): Promise<PageApplication> {
  const server = createServer((request, response) => {
    const isLibrary = request.url === '/oidc-client-ts.js';
    response.writeHead(200, { 'content-type': isLibrary ? 'text/javascript' : 'text/html' });
    response.end(isLibrary ? LIBRARY : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
