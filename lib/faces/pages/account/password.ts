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
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show } from './visit.ts';

const MOST = 1024;

export const showPassword: Show = async (visit) => {
  const { words, user } = visit;
  const { title, lead, old, next, rule, submit } = words.password;
  const secret = { type: 'password', required: true, maxLength: MOST };
  const manager = html`<input class="away" type="text" name="username" value="${user.username}" autocomplete="username" readonly tabindex="-1" aria-hidden="true">`;
  const fields = html`${manager}
${input(visit, { ...secret, name: 'oldPassword', label: old, autocomplete: 'current-password' })}
${input(visit, { ...secret, name: 'newPassword', label: next, autocomplete: 'new-password', hint: rule })}`;
  const button = html`<button id="password-submit">${submit}</button>`;
  const content = html`<p>${lead}</p>${ownForm(visit, { fields, button })}`;
  return accountPage(visit, { title, content });
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
