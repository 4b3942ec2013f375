/**
 * What belongs to no flow.
 *
 *   GET /                               what this address is for
 *   GET /.well-known/change-password    303 to where one's own is (A Well-Known URL for Changing
 *                                       Passwords §2)
 *   GET /.well-known/security.txt       whom to tell of a hole (RFC 9116), where that is configured
 *   GET /robots.txt                     nothing here is for search engines (RFC 9309)
 *   GET /account/strength.js            the script that tells how strong a password is (shell/strength.ts)
 *   GET /favicon.ico                    for answers that are no page, and so name no icon
 *   $default                            404, or 405: a page for people, JSON for programs (http/elsewhere.ts)
 *
 * @module
 */
import { type AuthError, refuse } from '../../../errors.ts';
import { wantsPage } from '../../../http/accept.ts';
import { answerFile, type CompressedFile } from '../../../http/compressed-file.ts';
import { elsewhere } from '../../../http/elsewhere.ts';
import { type Endpoint, plainError, type SeenRequest } from '../../../http/endpoint.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { type HttpResponse, publicText, redirect } from '../../../http/response.ts';
import { NO_ROUTE } from '../../../http/route-path.ts';
import type { Instant } from '../../../time.ts';
import { type BrandServices, dressed } from '../shell/brand-of.ts';
import { LOGO_FILE } from '../shell/icons.ts';
import { switched } from '../shell/language-switch.ts';
import { STRENGTH_PATH } from '../shell/new-password.ts';
import { siteOf } from '../shell/page.ts';
import { homePage } from './home.ts';
import { nowherePage } from './nowhere.ts';
import { securityText } from './security-text.ts';

/** `securityContact`: a URI; empty for none. */
export type FrontServices = BrandServices & {
  issuer: string;
  securityContact: string;
  strengthFile: CompressedFile | undefined;
  now: () => Instant;
};

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
  const siteFor = (seen: SeenRequest) => dressed(services, siteOf(issuer, seen));
  const shown = (show: typeof homePage): Endpoint['run'] => {
    return async (request) => switched(issuer, request) ?? show(await siteFor(request));
  };
  const to = (run: Endpoint['run']): Endpoint => ({ run, showError: plainError, showPage });
  const showPage = async (
    error: AuthError,
    seen: SeenRequest,
    requestId: string | undefined,
  ): Promise<HttpResponse | undefined> =>
    wantsPage(seen.headers) ? nowherePage(await siteFor(seen), error.status, requestId) : undefined;
  return {
    'GET /': to(shown(homePage)),
    'GET /.well-known/change-password': to(async () => redirect(issuer + PASSWORD_PAGE)),
    'GET /.well-known/security.txt': to(async () => securityAnswer(services)),
    'GET /robots.txt': to(async () => publicText('text/plain; charset=utf-8', ROBOTS, DAY)),
    [`GET ${STRENGTH_PATH}`]: to(async (request) => strengthAnswer(services, request)),
    'GET /favicon.ico': to(async () => publicText('image/svg+xml', LOGO_FILE, DAY)),
    [NO_ROUTE]: {
      ...nowhere,
      showPage,
      run: async (request) => {
        const { headers, id } = request;
        const other = wantsPage(headers) && switched(issuer, request);
        if (other) return other;
        const answer = await nowhere.run(request);
        if (answer.statusCode !== 405 || !wantsPage(headers)) return answer;
        const page = nowherePage(await siteFor(request), 405, id);
        return { ...page, headers: { ...page.headers, allow: answer.headers['allow'] ?? '' } };
      },
    },
  };
}

const nothingHere = (): AuthError => refuse('not_found', 'no-such-place', 'There is nothing here.');

function strengthAnswer({ strengthFile }: FrontServices, request: HttpRequest): HttpResponse {
  if (!strengthFile) throw nothingHere();
  return answerFile(request, strengthFile, {
    'cache-control': `public, max-age=${DAY}`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
}

function securityAnswer({ issuer, securityContact, now }: FrontServices): HttpResponse {
  if (securityContact === '') throw nothingHere();
  const text = securityText({ issuer, contact: securityContact }, now());
  return publicText('text/plain; charset=utf-8', text, DAY);
}
