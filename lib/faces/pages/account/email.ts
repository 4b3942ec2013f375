/**
 * One's own e-mail address: the form for another one, and the page that the link in its mail leads to. That one
 * asks for nobody's sign-in: the mail may be read in another browser. To look at it spends nothing.
 *
 *   GET  /account/email            the form
 *   POST /account/email            email, or action=verify for a link to the address that is there
 *   GET  /account/email?secret=    a button
 *   POST /account/email            secret: the address is changed
 *
 * @module
 */
import {
  askForEmail,
  askToVerify,
  confirmEmail,
  pendingEmail,
} from '../../../account/change-email.ts';
import { AuthError } from '../../../errors.ts';
import { form, type HttpRequest, originOf, parametersOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { verifiedNow } from '../../../manage/users/lifecycle.ts';
import { dressed } from '../shell/brand-of.ts';
import { type Html, html } from '../shell/html.ts';
import { CHECK, CLOCK } from '../shell/icons.ts';
import { switched } from '../shell/language-switch.ts';
import { page, path, siteOf } from '../shell/page.ts';
import { hidden, name, problem } from '../shell/parts.ts';
import type { Act } from './act.ts';
import { requirePerson } from './serve.ts';
import {
  type AccountServices,
  accountPage,
  input,
  ownForm,
  type Show,
  sayProblem,
  type Visit,
  wordsFor,
} from './visit.ts';

const PLACE = '/account/email';
const SECRET = 'secret';

export const showEmail: Show = async (visit) => {
  const { words, typed, user } = visit;
  const { title, lead, now, field, submit } = words.email;
  const label = field;
  const given = { name: 'email', label, type: 'email', autocomplete: 'email', required: true };
  const fields = input(visit, { ...given, value: typed['email'] });
  const content = html`<dl><dt>${now}</dt><dd class="text"><bdi>${user.email ?? words.none}</bdi></dd></dl>
${user.email !== undefined && !verifiedNow(user)?.email && unverified(visit)}
<p>${lead}</p>
${ownForm(visit, { fields, button: html`<button id="email-submit">${submit}</button>` })}`;
  return accountPage(visit, { title, content });
};

function unverified(visit: Visit): Html {
  const { unverified, verify } = visit.words.email;
  const button = html`<button class="quiet" id="email-verify" name="action" value="verify">${verify}</button>`;
  return html`<p>${unverified}</p>${ownForm(visit, { button })}`;
}

export const changeEmail: Act = async ({ services, person, site }, fields) => {
  const { locale } = site;
  const address = fields.get('email') ?? '';
  if (fields.get('action') === 'verify') await askToVerify(services, person.caller, { locale });
  else await askForEmail(services, person.caller, { address, locale });
  return 'asked';
};

type Landing = { services: AccountServices; request: HttpRequest };

export const isLanding = (request: HttpRequest): boolean => request.query.has(SECRET);
export const isConfirmation = (request: HttpRequest): boolean => form(request).has(SECRET);

const siteFor = ({ services, request }: Landing) =>
  dressed(services, siteOf(services.issuer, request, request.query.get('ui_locales')));

export async function showLanding(
  landing: Landing,
  secret = parametersOf(landing.request.query).get(SECRET) ?? '',
  refused?: AuthError,
): Promise<HttpResponse> {
  const { services, request } = landing;
  requirePerson(request);
  const inAnother = switched(services.issuer, request);
  if (inAnother) return inAnother;
  const site = await siteFor(landing);
  const words = wordsFor(site);
  const pending = await pendingEmail(services.tables, secret, services.now());
  if (!pending) return over(landing);
  const { confirm, confirmLead, confirmSubmit } = words.email;
  const content = html`<h1>${confirm}</h1>
<p>${confirmLead(name(pending.address), name(pending.user.username))}</p>
${refused && problem(sayProblem(words, refused))}
<form method="post" action="${path(site, PLACE)}?ui_locales=${site.locale}">
${hidden(SECRET, secret)}
<button id="email-confirm">${confirmSubmit}</button>
</form>`;
  return page({ ...site, status: refused?.status ?? 200, title: confirm, content, forms: 'own' });
}

/** Whoever knows the secret may spend it: it is of 32 random bytes, and in that mail alone. */
export async function confirmLanding(landing: Landing): Promise<HttpResponse> {
  const { services, request } = landing;
  requirePerson(request);
  const secret = form(request).get(SECRET) ?? '';
  const at = { now: services.now(), from: originOf(request) };
  try {
    return (await confirmEmail(services, secret, at)) ? confirmed(landing) : over(landing);
  } catch (error) {
    if (!(error instanceof AuthError) || error.status >= 500) throw error;
    return showLanding(landing, secret, error);
  }
}

async function confirmed(landing: Landing): Promise<HttpResponse> {
  const site = await siteFor(landing);
  const { confirmed, toAccount } = wordsFor(site).email;
  const content = html`<div class="badge">${CHECK}</div>
<h1>${confirmed}</h1>
<p class="action"><a class="button" id="to-account" href="${path(site, '/account')}">${toAccount}</a></p>`;
  return page({ ...site, title: confirmed, content });
}

async function over(landing: Landing): Promise<HttpResponse> {
  const site = await siteFor(landing);
  const { over, overLead, again } = wordsFor(site).email;
  const content = html`<div class="badge">${CLOCK}</div>
<h1>${over}</h1>
<p>${overLead}</p>
<p class="action"><a class="button quiet" id="again" href="${path(site, PLACE)}">${again}</a></p>`;
  return page({ ...site, status: 410, title: over, content });
}
