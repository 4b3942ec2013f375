/**
 * The page for what is not there.
 *
 * @module
 */
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { COMPASS } from '../shell/icons.ts';
import { page, path, type Site } from '../shell/page.ts';
import { messagesOf } from './words.ts';

/** @param requestId - That of the line in our log. */
export function nowherePage(
  site: Site,
  status: number,
  requestId: string | undefined,
): HttpResponse {
  const { nowhere } = messagesOf(site.locale);
  const content = html`<div class="badge">${COMPASS}</div>
<h1>${nowhere.heading}</h1>
<p>${nowhere.lead}</p>
<p class="action"><a class="button quiet" id="home" href="${path(site, '/')}">${nowhere.home}</a></p>
${requestId && html`<dl><dt>${nowhere.requestId}</dt><dd id="request-id" lang="zxx">${requestId}</dd></dl>`}`;
  return page({ ...site, status, title: nowhere.title, content });
}
