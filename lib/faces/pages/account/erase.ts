/**
 * The end of one's account, where the domain lets its people do that.
 *
 * In: name, as the account is called
 *
 * @module
 */
import { deleteOwn, mayDeleteOwn } from '../../../account/delete-own.ts';
import { browserCookiesOf } from '../../../browser/form.ts';
import { setCookie } from '../../../http/cookies.ts';
import { html } from '../shell/html.ts';
import { CHECK } from '../shell/icons.ts';
import { page } from '../shell/page.ts';
import { name } from '../shell/parts.ts';
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show, trailIn } from './visit.ts';

export const showErase: Show = async (visit) => {
  const { services, person, words } = visit;
  const { caller } = person;
  const { title, lead, field, submit, impossible } = words.erase;
  if (!(await mayDeleteOwn(services.tables.directory, caller)))
    return accountPage(visit, { title, content: html`<p>${impossible}</p>` });
  const label = field(name(caller.subject.username));
  const fields = input(visit, { name: 'name', label, required: true, autocomplete: 'off' });
  const button = html`<button class="danger" id="erase-submit">${submit}</button>`;
  return accountPage(visit, {
    title,
    content: html`<p>${lead}</p>${ownForm(visit, { fields, button })}`,
  });
};

export const erase: Act = async (visit, fields) => {
  const { services, person, words, site } = visit;
  const wanted = { named: fields.get('name') ?? '', trail: trailIn(visit) };
  await deleteOwn(services.tables, person.caller, wanted);
  const { gone, goneLead } = words.erase;
  const content = html`<div class="badge">${CHECK}</div>
<h1>${gone}</h1>
<p>${goneLead}</p>`;
  // Others who are signed in in this browser stay so.
  const isAlone = browserCookiesOf(services, visit.request).length === 1;
  const cookie = setCookie(services.issuer, 'latchkey', { value: '', maxAge: 0 });
  return { ...page({ ...site, title: gone, content }), ...(isAlone && { cookies: [cookie] }) };
};
