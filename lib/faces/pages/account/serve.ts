/**
 * How each page of one's own account is served: to a person who goes there and is signed in, or who is sent to
 * sign in and back; and what its form does, if it is one that we gave to this browser for this page.
 *
 * @module
 */
import { findAccount } from '../../../account/find.ts';
import { isTooOld } from '../../../authority/fresh-sign-in.ts';
import { readForm } from '../../../browser/form.ts';
import { personIn } from '../../../browser/person.ts';
import { loginPathFor } from '../../../browser/return-to.ts';
import { forgetTyped, readTyped, rememberTyped, type Typed } from '../../../browser/typed.ts';
import { AuthError, refuse } from '../../../errors.ts';
import type { Endpoint } from '../../../http/endpoint.ts';
import { isByPage, isFromElsewhere } from '../../../http/navigation.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import { logRefusal } from '../../../log.ts';
import { dressed } from '../shell/brand-of.ts';
import { switched } from '../shell/language-switch.ts';
import { siteOf } from '../shell/page.ts';
import { showExpired } from '../sign-in/authorization.ts';
import type { Act } from './act.ts';
import type { AccountPage } from './own-pages.ts';
import { type AccountServices, type Show, type Visit, wordsFor } from './visit.ts';

/** `isGrave`: to look at it needs a fresh sign-in, since all that one can do there does. */
export type Place = { show: Show; act?: Act; isGrave?: boolean };
export type At = { services: AccountServices; place: AccountPage };

export const showing =
  (at: At, { show, isGrave = false }: Place): Endpoint['run'] =>
  async (request) => {
    requirePerson(request);
    const inAnother = switched(at.services.issuer, request);
    if (inAnother) return inAnother;
    const visit = await visitOf(at, request);
    if (!visit) return toLogin(at);
    if (isGrave && isTooOld(visit.person.caller)) return toLogin(at, { isAgain: true });
    const { services, place } = at;
    const page = await show({ ...visit, typed: readTyped(services, request, place) });
    const cookies = [...(page.cookies ?? []), ...forgetTyped(services, request)];
    return cookies.length > 0 ? { ...page, cookies } : page;
  };

export const doing =
  (at: At, { show, act }: Place & { act: Act }): Endpoint['run'] =>
  async (request) => {
    requirePerson(request);
    const { services, place } = at;
    const visit = await visitOf(at, request);
    // Nobody's form is one that we gave to this browser.
    if (!visit)
      return showExpired(await dressed(services, siteOf(services.issuer, request)), place);
    const { of, sent, fields } = readForm(services, request, 'own');
    // In this browser somebody else may be signed in, too, whose form it is.
    const isTheirs = of?.secret === visit.person.browser.secret;
    if (!isTheirs || sent.get('page') !== place) return showExpired(visit.site, place);
    try {
      const did = await act(visit, fields);
      return typeof did === 'string'
        ? redirect(`${services.issuer}${place}?${new URLSearchParams({ done: did })}`)
        : did;
    } catch (error) {
      return refused({ ...visit, typed: typedIn(fields) }, show, error);
    }
  };

/** A page of somebody else's can neither read ours nor press a button of it. */
export function requirePerson(request: HttpRequest): void {
  if (isByPage(request) || (request.method === 'POST' && isFromElsewhere(request)))
    throw refuse('invalid_request', 'not-a-navigation', 'This page is for people who go there.');
}

async function visitOf(at: At, request: HttpRequest): Promise<Visit | undefined> {
  const { services, place } = at;
  const person = await personIn(services, request, 'all');
  const user = person && (await findAccount(services.tables.directory, person.caller));
  if (!user) return undefined;
  const asked = request.query.get('ui_locales') ?? user.profile.locale;
  const site = await dressed(services, siteOf(services.issuer, request, asked), {
    domain: user.domain,
  });
  const words = wordsFor(site);
  return { services, request, site, words, person, user, place, now: services.now(), typed: {} };
}

const toLogin = (
  { services, place }: At,
  { isAgain = false, cookies = [] as string[] } = {},
): HttpResponse => redirect(services.issuer + loginPathFor(place, isAgain), cookies);

const OURS = ['request', 'token', 'issued_at'];

const typedIn = (fields: ReadonlyMap<string, string>): Typed =>
  Object.fromEntries(
    [...fields].filter(([name]) => !OURS.includes(name) && !/password/i.test(name)),
  );

/** What the person can mend is said on the page, with what was typed. */
async function refused(visit: Visit, show: Show, error: unknown): Promise<HttpResponse> {
  const { services, place, request, typed, words } = visit;
  if (!(error instanceof AuthError)) throw error;
  const { code, rule, reason } = error.said;
  if (code === 'insufficient_user_authentication') {
    const cookies = rememberTyped(services, request, place, typed);
    return toLogin(visit, { isAgain: true, cookies });
  }
  if (code === 'invalid_token') return toLogin(visit);
  if (error.status >= 500 && !Object.hasOwn(words.problems, rule)) throw error;
  logRefusal(code, reason, { rule });
  return show({ ...visit, refused: error });
}
