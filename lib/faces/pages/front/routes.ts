/**
 * What belongs to no flow.
 *
 *   GET /                               what this address is for
 *   GET /.well-known/change-password    303 to where one's own is (A Well-Known URL for Changing
 *                                       Passwords §2)
 *   GET /.well-known/security.txt       whom to tell of a hole (RFC 9116), where that is configured
 *   GET /robots.txt                     nothing here is for search engines (RFC 9309)
 *   GET /favicon.ico                    for answers that are no page, and so name no icon
 *   $default                            404, or 405: a page for people, JSON for programs (http/elsewhere.ts)
 *
 * @module
 */
import { type AuthError, refuse } from '../../../errors.ts';
import { wantsPage } from '../../../http/accept.ts';
import { elsewhere } from '../../../http/elsewhere.ts';
import { type Endpoint, plainError } from '../../../http/endpoint.ts';
import { type HttpResponse, publicText, redirect } from '../../../http/response.ts';
import { NO_ROUTE } from '../../../http/route-path.ts';
import type { Instant } from '../../../time.ts';
import { LOGO_FILE } from '../shell/icons.ts';
import { siteOf } from '../shell/page.ts';
import { homePage } from './home.ts';
import { nowherePage } from './nowhere.ts';
import { securityText } from './security-text.ts';

/** `securityContact`: a URI; empty for none. */
export type FrontServices = { issuer: string; securityContact: string; now: () => Instant };

const DAY = 86_400;
const PASSWORD_PAGE = '/account/password';
const ROBOTS = 'User-agent: *\nDisallow: /\n';

/** @param routes - Of the whole service, as in serverless.yml. */
export function frontRoutes(
  services: FrontServices,
  routes: readonly string[],
): Readonly<Record<string, Endpoint>> {
  const { issuer } = services;
  const nowhere = elsewhere(routes, issuer);
  const shown = (show: typeof homePage): Endpoint['run'] => {
    return async ({ headers }) => show(siteOf(issuer, headers));
  };
  const to = (run: Endpoint['run']): Endpoint => ({ run, showError: plainError, showPage });
  const showPage = (
    error: AuthError,
    headers: Readonly<Record<string, string>>,
    requestId: string | undefined,
  ): HttpResponse | undefined =>
    wantsPage(headers) ? nowherePage(siteOf(issuer, headers), error.status, requestId) : undefined;
  return {
    'GET /': to(shown(homePage)),
    'GET /.well-known/change-password': to(async () => redirect(issuer + PASSWORD_PAGE)),
    'GET /.well-known/security.txt': to(async () => securityAnswer(services)),
    'GET /robots.txt': to(async () => publicText('text/plain; charset=utf-8', ROBOTS, DAY)),
    'GET /favicon.ico': to(async () => publicText('image/svg+xml', LOGO_FILE, DAY)),
    [NO_ROUTE]: {
      ...nowhere,
      showPage,
      run: async (request) => {
        const { headers, id } = request;
        const answer = await nowhere.run(request);
        if (answer.statusCode !== 405 || !wantsPage(headers)) return answer;
        const page = nowherePage(siteOf(issuer, headers), 405, id);
        return { ...page, headers: { ...page.headers, allow: answer.headers['allow'] ?? '' } };
      },
    },
  };
}

const nothingHere = (): AuthError => refuse('not_found', 'no-such-place', 'There is nothing here.');

function securityAnswer({ issuer, securityContact, now }: FrontServices): HttpResponse {
  if (securityContact === '') throw nothingHere();
  const text = securityText({ issuer, contact: securityContact }, now());
  return publicText('text/plain; charset=utf-8', text, DAY);
}
