/**
 * The page of the bare address: what it is for, and where its doors are.
 *
 * @module
 */
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { page, path, type Site } from '../shell/page.ts';
import { messagesOf } from './words.ts';

export function homePage(site: Site): HttpResponse {
  const { home } = messagesOf(site.locale);
  const content = html`<h1>${home.heading}</h1>
<p>${home.lead}</p>
<ul class="links">
<li><a id="account" href="${path(site, '/account')}">${home.account}</a></li>
<li><a id="change-password" href="${path(site, '/account/password')}">${home.password}</a></li>
<li><a id="sign-out" href="${path(site, '/session/end')}">${home.signOut}</a></li>
</ul>
<dl><dt>${home.developers}</dt>
<dd><a href="${path(site, '/.well-known/openid-configuration')}" lang="en">OpenID Connect</a></dd>
<dd><a href="${path(site, '/openapi.json')}" lang="en">OpenAPI</a></dd></dl>`;
  return page({ ...site, title: home.title, content });
}
