/**
 * The page that `/.well-known/change-password` leads to: how a password is changed. There is no form
 * for it here yet, so it says who has one.
 *
 * @module
 */
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { page, path, type Site } from '../shell/page.ts';
import { messagesOf } from './words.ts';

export function passwordPage(site: Site): HttpResponse {
  const { password, home } = messagesOf(site.locale);
  const content = html`<h1>${password.heading}</h1>
<p>${password.lead}</p>
<p>${password.forgotten}</p>
<dl><dt>${home.developers}</dt>
<dd lang="en">POST ${path(site, '/user/change-password')}</dd>
<dd><a href="${path(site, '/openapi.json')}" lang="en">OpenAPI</a></dd></dl>`;
  return page({ ...site, title: password.title, content });
}
