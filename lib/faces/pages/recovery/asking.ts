/**
 * Somebody without a session asks for a mail: with a link to another password, or to an account.
 *
 *   GET, POST /account/forgot-password   login: a name or an address
 *   GET, POST /account/locked            login; for whoever has to wait since others try their name
 *   GET, POST /account/sign-up           address; where the domain of the client that sent them is open
 *
 * Both take the query of the sign-in that they come from, an authorization request or `return_to`, and lead
 * back to it. Whatever was typed, the answer is the same: lib/account/ask.ts.
 *
 * @module
 */
import { type Asked, type AskServices, ask } from '../../../account/ask.ts';
import { mailable } from '../../../account/mail-address.ts';
import { maySignUp, openDomain, sendingClient } from '../../../account/sign-up.ts';
import { readVisitorForm, visitorState } from '../../../browser/visitor-form.ts';
import { fitsRequestLine } from '../../../browser/withheld-cookies.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Client } from '../../../store/directory/clients.ts';
import type { Domain } from '../../../store/directory/domains.ts';
import { keeping, SWITCH } from '../shell/language-switch.ts';
import { spoken } from '../shell/locale.ts';
import { type PageServices, type Visit as SeenVisit, siteFor } from '../sign-in/visit.ts';
import { askPage, cannotPage, type Kind, type Problem, sentPage } from './ask.ts';
import { expiredPage } from './link.ts';

/** `defaultDomain`: in which those sign up whom no client has sent; empty for none. */
export type AskingServices = AskServices & PageServices & { defaultDomain: string };
type Answer = Promise<HttpResponse>;
/** `sent`: the query of the sign-in that they came from, and the client of it. */
type Visit = SeenVisit & { kind: Kind; client: Client | undefined };

export const ROUTES: Readonly<Record<Kind, string>> = {
  forgot: '/account/forgot-password',
  signUp: '/account/sign-up',
  unlock: '/account/locked',
};

async function about(services: AskingServices, visit: Visit) {
  const { sent, kind, client } = visit;
  const site = await siteFor(services, visit, client);
  return { ...site, kind, route: ROUTES[kind], back: backTo(sent) };
}

/** @returns `undefined` where they come from no sign-in, or the way back is too long for a link. */
function backTo(sent: URLSearchParams): string | undefined {
  const page = sent.has('client_id') ? '/oauth/authorize' : '/oauth/login';
  const back = `${page}?${sent}`;
  const isFromSignIn = sent.has('client_id') || sent.has('return_to');
  return isFromSignIn && fitsRequestLine(back) ? back : undefined;
}

async function visited(
  { tables }: AskingServices,
  { sent, ...visit }: SeenVisit & { kind: Kind },
): Promise<Visit> {
  return { ...visit, sent, client: await sendingClient(tables, sent.get('client_id')) };
}

async function show(
  services: AskingServices,
  visit: Visit,
  again: { typed?: string; problem?: Problem } = {},
): Answer {
  const { request, sent, kind, locale } = visit;
  const { cookie, ...state } = visitorState(services, request, { path: ROUTES[kind], sent });
  const page = askPage({ ...(await about(services, visit)), ...state, ...again });
  return keeping(services.issuer, locale, { ...page, cookies: [cookie] });
}

const cannot = async (services: AskingServices, visit: Visit, why: 'noMail' | 'closed'): Answer =>
  cannotPage({ ...(await about(services, visit)), why });

type Run = (services: AskingServices, request: HttpRequest) => Answer;

/** Of those who have an account already. */
const pageOf =
  (kind: 'forgot' | 'unlock'): Run =>
  async (services, request) => {
    const visit = await visited(services, { request, sent: request.query, kind });
    return services.queue ? show(services, visit) : cannot(services, visit, 'noMail');
  };

const askedFor =
  (kind: 'forgot' | 'unlock', purpose: 'reset-password' | 'unlock'): Run =>
  async (services, request) => {
    const { visit, typed, status } = await sentForm(services, request, kind, 'login');
    if (status === 'expired') return startAgain(services, visit);
    if (!services.queue) return cannot(services, visit, 'noMail');
    if (visit.locale) return show(services, visit, { typed });
    const wanted = { purpose, login: typed, ...(await told(services, visit)) };
    return came(services, visit, typed, await ask(services, wanted, request.ip));
  };

export const forgotPage = pageOf('forgot');
export const forgot = askedFor('forgot', 'reset-password');
export const lockedPage = pageOf('unlock');
export const locked = askedFor('unlock', 'unlock');

export async function signUpPage(services: AskingServices, request: HttpRequest): Answer {
  const visit = await visited(services, { request, sent: request.query, kind: 'signUp' });
  if (!(await domainFor(services, visit))) return cannot(services, visit, 'closed');
  return services.queue ? show(services, visit) : cannot(services, visit, 'noMail');
}

export async function signUp(services: AskingServices, request: HttpRequest): Answer {
  const { visit, typed, status } = await sentForm(services, request, 'signUp', 'address');
  if (status === 'expired') return startAgain(services, visit);
  const domain = await domainFor(services, visit);
  if (!domain) return cannot(services, visit, 'closed');
  if (!services.queue) return cannot(services, visit, 'noMail');
  if (visit.locale) return show(services, visit, { typed });
  const login = mailable(typed.trim());
  if (!login) return show(services, visit, { typed, problem: { status: 'missing' } });
  if (!maySignUp(domain, login))
    return show(services, visit, { typed, problem: { status: 'other' } });
  const about = { login, domain: domain.name, ...(await told(services, visit)) };
  const wanted = { purpose: 'sign-up', ...about } as const;
  return came(services, visit, login, await ask(services, wanted, request.ip));
}

async function sentForm(services: AskingServices, request: HttpRequest, kind: Kind, field: string) {
  const { status, sent, fields } = readVisitorForm(services, request, ROUTES[kind]);
  const locale = spoken(fields.get(SWITCH));
  const visit = await visited(services, { request, sent, kind, locale });
  return { status, visit, typed: fields.get(field) ?? '' };
}

/** A client that is not there has no domain, and not the deployment's either. */
const domainFor = (
  { tables, defaultDomain }: AskingServices,
  { sent, client }: Visit,
): Promise<Domain | undefined> =>
  openDomain(tables, client?.domain ?? (sent.has('client_id') ? '' : defaultDomain));

async function told(services: AskingServices, visit: Visit) {
  const { locale } = await about(services, visit);
  return { locale, ...(visit.client && { client: visit.client.id }) };
}

async function came(services: AskingServices, visit: Visit, typed: string, asked: Asked): Answer {
  if (asked.status === 'ordered') return sentPage({ ...(await about(services, visit)), typed });
  const problem: Problem =
    asked.status === 'locked' ? { status: 'locked', wait: asked.wait } : { status: 'missing' };
  return show(services, visit, { typed, problem });
}

async function startAgain(services: AskingServices, visit: Visit): Answer {
  const restart = `${ROUTES[visit.kind]}?${visit.sent}`;
  const isShort = fitsRequestLine(restart);
  return expiredPage({ ...(await about(services, visit)), restart: isShort ? restart : undefined });
}
