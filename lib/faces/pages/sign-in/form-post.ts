/**
 * The page that carries an authorization response to the client in a form.
 *
 * The one page with a script, which sends the form at once; without it the button does. No
 * `form-action` here: the client's answer may redirect further, to where only it knows.
 *
 * @module
 * @see OAuth 2.0 Form Post Response Mode §2 and §4
 */
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { page, type Site, script } from '../shell/page.ts';
import { hidden } from '../shell/parts.ts';
import { safeTarget } from '../shell/targets.ts';
import { messagesOf } from './words.ts';

export type FormPostPage = Site & {
  /** The validated redirect URI. */
  action: string;
  parameters: readonly (readonly [name: string, value: string])[];
};

/** By the prototype, since a parameter named `submit` would hide the form's own. */
const SUBMIT = script('HTMLFormElement.prototype.submit.call(document.forms[0])');

/** @throws TypeError for an action that no redirect URI can be. */
export function formPostPage(given: FormPostPage): HttpResponse {
  const { locale, parameters } = given;
  const { formPost, continue: goOn } = messagesOf(locale);
  const action = safeTarget(given.action);
  if (!action) throw new TypeError('a form must not be sent there');
  const content = html`<h1>${formPost.heading}</h1>
<p>${formPost.lead}</p>
<form method="post" action="${action}">
${parameters.map(([field, value]) => hidden(field, value))}
<button id="form-post-continue">${goOn}</button>
</form>`;
  const site = { ...given, here: undefined };
  return page({ ...site, title: formPost.title, content, forms: 'client', script: SUBMIT });
}
