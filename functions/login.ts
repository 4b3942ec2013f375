/**
 * POST /login (Webitel): a name and a password for a key and a token.
 *
 * In:     { username, password }
 * Out:    200 { key, token, username, expires (ms), role, roleName, acl, cdr }
 * Errors: 400 "User name is required", 401 "Invalid credentials", 404 "User not found"
 *
 * @module
 */
import { authenticate } from '../lib/access/authenticate.ts';
import { composeLogin } from '../lib/compose.ts';
import * as webitel from '../lib/dialects/webitel.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { openSession } from '../lib/oauth/open-session.ts';

const services = composeLogin();

async function login(request: HttpRequest) {
  const { config, directory } = services;
  const credentials = webitel.readLogin(request);
  const result = await authenticate(directory, credentials);
  if (result.status === 'unknown_user' && config.revealUnknownUser) throw webitel.userNotFound();
  if (result.status !== 'ok') throw webitel.invalidCredentials(result.status);

  const session = await openSession(services, result, {
    kind: 'webitel',
    lifetime: config.webitelTokenLifetime,
    ip: request.ip,
    userAgent: request.headers['user-agent'],
  });
  const [name = ''] = result.user.roles;
  const number = result.roles.find((role) => role.name === name)?.number ?? -1;
  return webitel.loginReply({
    ...session,
    username: result.user.username,
    role: { name, number },
    cdr: { host: config.cdrHost, useProxy: config.cdrUseProxy },
  });
}

export const handler = endpoints({
  'POST /login': { run: login, showError: webitel.showError },
});
