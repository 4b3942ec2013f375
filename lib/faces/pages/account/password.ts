/**
 * Another password of one's own, for the one before.
 *
 * In: oldPassword, newPassword
 *
 * @module
 * @see WCAG 2.2 §3.3.8 (pasting and managers work)
 */
import { changePassword } from '../../../account/change-password.ts';
import { requireFreshSignIn } from '../../../authority/fresh-sign-in.ts';
import { originOf } from '../../../http/request.ts';
import { html } from '../shell/html.ts';
import { newPassword, newPasswordScript } from '../shell/new-password.ts';
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show } from './visit.ts';

const MOST = 1024;

export const showPassword: Show = async (visit) => {
  const { words, user, site } = visit;
  const { title, lead, old, next: label, submit } = words.password;
  const manager = html`<input class="away" type="text" name="username" value="${user.username}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">`;
  const name = 'newPassword';
  const own = [user.username, ...(user.email === undefined ? [] : [user.email])];
  const isFaulty = visit.refused?.said.field === name;
  const current = { name: 'oldPassword', label: old, autocomplete: 'current-password' };
  const fields = html`${manager}
${input(visit, { ...current, type: 'password', required: true, maxLength: MOST })}
${newPassword(site, { name, label, own, isFaulty })}`;
  const button = html`<button id="password-submit">${submit}</button>`;
  const content = html`<p>${lead}</p>${ownForm(visit, { fields, button })}`;
  return accountPage(visit, { title, content, script: newPasswordScript(site) });
};

export const setPassword: Act = async (visit, fields) => {
  const { services, person, request, now } = visit;
  requireFreshSignIn(person.caller);
  await changePassword(services.tables, person.caller, {
    oldPassword: fields.get('oldPassword') ?? '',
    newPassword: fields.get('newPassword') ?? '',
    from: originOf(request),
    now,
    trail: services.trail,
  });
  return 'password';
};
