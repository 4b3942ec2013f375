/**
 * Another password of one's own, for the one before; for whoever has none, a link to choose one by.
 *
 * In: oldPassword, newPassword; or action=link
 *
 * @module
 * @see WCAG 2.2 §3.3.8 (pasting and managers work)
 */
import { askForPassword } from '../../../account/ask-for-password.ts';
import { changePassword } from '../../../account/change-password.ts';
import { requireFreshSignIn } from '../../../authority/fresh-sign-in.ts';
import { originOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { verifiedNow } from '../../../manage/users/lifecycle.ts';
import { html } from '../shell/html.ts';
import { newPassword, newPasswordScript } from '../shell/new-password.ts';
import { path } from '../shell/page.ts';
import { name } from '../shell/parts.ts';
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show, type Visit } from './visit.ts';

const MOST = 1024;
const NEW = 'newPassword';

export const showPassword: Show = async (visit) =>
  visit.user.passwordHash === undefined ? showNone(visit) : showChange(visit);

function showNone(visit: Visit): HttpResponse {
  const { words, user, site } = visit;
  const { title, none, link, unconfirmed, toEmail } = words.password;
  const button = html`<button id="password-link" name="action" value="link">${link}</button>`;
  const content = verifiedNow(user)?.email
    ? html`<p>${none(name(user.email ?? ''))}</p>${ownForm(visit, { button })}`
    : html`<p>${unconfirmed}</p><p class="action"><a class="button" id="to-email" href="${path(site, '/account/email')}">${toEmail}</a></p>`;
  return accountPage(visit, { title, content });
}

function showChange(visit: Visit): HttpResponse {
  const { words, user, site } = visit;
  const { title, lead, old, next: label, submit } = words.password;
  const manager = html`<input class="away" type="text" name="username" value="${user.username}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">`;
  const own = [user.username, ...(user.email === undefined ? [] : [user.email])];
  const isFaulty = visit.refused?.said.field === NEW;
  const current = { name: 'oldPassword', label: old, autocomplete: 'current-password' };
  const fields = html`${manager}
${input(visit, { ...current, type: 'password', required: true, maxLength: MOST })}
${newPassword(site, { name: NEW, label, own, isFaulty })}`;
  const button = html`<button id="password-submit">${submit}</button>`;
  const content = html`<p>${lead}</p>${ownForm(visit, { fields, button })}`;
  return accountPage(visit, { title, content, script: newPasswordScript(site) });
}

export const setPassword: Act = async (visit, fields) => {
  const { services, person, request, user, now } = visit;
  if (fields.get('action') === 'link') {
    await askForPassword(services.mail, person.caller, { user, locale: visit.site.locale });
    return 'link';
  }
  requireFreshSignIn(person.caller);
  await changePassword(services.tables, person.caller, {
    oldPassword: fields.get('oldPassword') ?? '',
    newPassword: fields.get('newPassword') ?? '',
    locale: visit.site.locale,
    from: originOf(request),
    now,
    trail: services.trail,
  });
  return 'password';
};
