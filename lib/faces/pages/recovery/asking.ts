/**
 * Somebody without a session asks for a mail: with a link to another password, or to an account.
 *
 *   GET, POST /account/forgot-password   login: a name or an address
 *   GET, POST /account/sign-up           address; where the domain of the client that sent them is open
 *
 * Both take the query of the sign-in that they come from, an authorization request or `return_to`, and lead
 * back to it. Whatever was typed, the answer is the same: lib/account/ask.ts.
 *
 * @module
 */
import { type Asked, type AskServices, ask } from '../../../account/ask.ts';
import { mailable } from '../../../account/mail-address.ts';
import { maySignUp, openDomain } from '../../../account/sign-up.ts';
import type { FormServices } from '../../../browser/form.ts';
import { readVisitorForm, visitorState } from '../../../browser/visitor-form.ts';
import { fitsRequestLine } from '../../../browser/withheld-cookies.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Domain } from '../../../store/directory/domains.ts';
import { siteOf } from '../shell/page.ts';
import { askPage, cannotPage, type Kind, type Problem, sentPage } from './ask.ts';
import { expiredPage } from './link.ts';

/** `defaultDomain`: in which those sign up whom no client has sent; empty for none. */
export type AskingServices = AskServices & FormServices & { defaultDomain: string };
type Answer = Promise<HttpResponse>;
/** `sent`: the query of the sign-in that they came from. */
type Visit = { request: HttpRequest; sent: URLSearchParams; kind: Kind };

export const ROUTES: Readonly<Record<Kind, string>> = {
  forgot: '/account/forgot-password',
  signUp: '/account/sign-up',
};

const about = ({ issuer }: AskingServices, { request, sent, kind }: Visit) => ({
  ...siteOf(issuer, request.headers, sent.get('ui_locales')),
  kind,
  route: ROUTES[kind],
  back: backTo(sent),
});

/** @returns `undefined` where they come from no sign-in, or the way back is too long for a link. */
export function backTo(sent: URLSearchParams): string | undefined {
  const page = sent.has('client_id') ? '/oauth/authorize' : '/oauth/login';
  const back = `${page}?${sent}`;
  const isFromSignIn = sent.has('client_id') || sent.has('return_to');
  return isFromSignIn && fitsRequestLine(back) ? back : undefined;
}

function show(
  services: AskingServices,
  visit: Visit,
  again: { typed?: string; problem?: Problem } = {},
): HttpResponse {
  const { request, sent, kind } = visit;
  const { cookie, ...state } = visitorState(services, request, { path: ROUTES[kind], sent });
  return { ...askPage({ ...about(services, visit), ...state, ...again }), cookies: [cookie] };
}

const noMail = (services: AskingServices, visit: Visit) =>
  cannotPage({ ...about(services, visit), why: 'noMail' });

export async function forgotPage(services: AskingServices, request: HttpRequest): Answer {
  const visit: Visit = { request, sent: request.query, kind: 'forgot' };
  return services.queue ? show(services, visit) : noMail(services, visit);
}

export async function forgot(services: AskingServices, request: HttpRequest): Answer {
  const form = readVisitorForm(services, request, ROUTES.forgot);
  const visit: Visit = { request, sent: form.sent, kind: 'forgot' };
  if (form.status === 'expired') return startAgain(services, visit);
  if (!services.queue) return noMail(services, visit);
  const login = form.fields.get('login') ?? '';
  const wanted = { purpose: 'reset-password', login, ...told(services, visit) } as const;
  return came(services, visit, login, await ask(services, wanted, request.ip));
}

export async function signUpPage(services: AskingServices, request: HttpRequest): Answer {
  const visit: Visit = { request, sent: request.query, kind: 'signUp' };
  if (!(await domainFor(services, visit))) return closed(services, visit);
  return services.queue ? show(services, visit) : noMail(services, visit);
}

export async function signUp(services: AskingServices, request: HttpRequest): Answer {
  const form = readVisitorForm(services, request, ROUTES.signUp);
  const visit: Visit = { request, sent: form.sent, kind: 'signUp' };
  if (form.status === 'expired') return startAgain(services, visit);
  const domain = await domainFor(services, visit);
  if (!domain) return closed(services, visit);
  if (!services.queue) return noMail(services, visit);
  const typed = form.fields.get('address') ?? '';
  const login = mailable(typed.trim());
  if (!login) return show(services, visit, { typed, problem: { status: 'missing' } });
  if (!maySignUp(domain, login))
    return show(services, visit, { typed, problem: { status: 'other' } });
  const wanted = {
    purpose: 'sign-up',
    login,
    domain: domain.name,
    ...told(services, visit),
  } as const;
  return came(services, visit, login, await ask(services, wanted, request.ip));
}

const domainFor = (
  { tables, defaultDomain: fallback }: AskingServices,
  { sent }: Visit,
): Promise<Domain | undefined> =>
  openDomain(tables, { client: sent.get('client_id') ?? undefined, fallback });

const closed = (services: AskingServices, visit: Visit) =>
  cannotPage({ ...about(services, visit), why: 'closed' });

function told(services: AskingServices, visit: Visit) {
  const { locale } = about(services, visit);
  const client = visit.sent.get('client_id');
  return { locale, ...(client && client.length <= MAX_ID && { client }) };
}

/** Of a client, as an order takes it. */
const MAX_ID = 256;

function came(services: AskingServices, visit: Visit, typed: string, asked: Asked): HttpResponse {
  if (asked.status === 'ordered') return sentPage({ ...about(services, visit), typed });
  const problem: Problem =
    asked.status === 'locked' ? { status: 'locked', wait: asked.wait } : { status: 'missing' };
  return show(services, visit, { typed, problem });
}

function startAgain(services: AskingServices, visit: Visit): HttpResponse {
  const restart = `${ROUTES[visit.kind]}?${visit.sent}`;
  const isShort = fitsRequestLine(restart);
  return expiredPage({ ...about(services, visit), restart: isShort ? restart : undefined });
}
