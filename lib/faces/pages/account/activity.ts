/**
 * What happened to one's account, and what one did, newest first; older by a link.
 *
 * @module
 */
import { type Act, pageOfActivity } from '../../../account/activity.ts';
import { type Html, html } from '../shell/html.ts';
import { path } from '../shell/page.ts';
import { ANOTHERS, sayAct } from './acts.ts';
import { deviceOf } from './device.ts';
import { accountPage, type Show, type Visit, when } from './visit.ts';

const LIMIT = 30;
/** As an event's id is: so no other text gets to the store. */
const ID = /^\d{14}#[\w-]{1,64}$/;

export const showActivity: Show = async (visit) => {
  const { services, person, request, words, site, now } = visit;
  const { title, lead, older, none } = words.activity;
  const asked = request.query.get('after') ?? '';
  const page = { limit: LIMIT, after: ID.test(asked) ? asked : undefined, now };
  const { items, next } = await pageOfActivity(services.trail.events, person.caller, page);
  const link = next && `${path(site, visit.place)}?${new URLSearchParams({ after: next })}`;
  const content = html`<p>${lead}</p>
${items.length > 0 ? html`<ul class="rows">${items.map((one) => rowOf(visit, one))}</ul>` : html`<p>${none}</p>`}
${link && html`<p class="action"><a class="button quiet" id="older" href="${link}">${older}</a></p>`}`;
  return accountPage(visit, { title, content });
};

/** The `client` of what was done on our own pages. */
const OURSELVES = 'latchkey';

function rowOf(visit: Visit, act: Act): Html {
  const { at, type, by, client, ip, userAgent, isNewDevice, isAnothers } = act;
  const { locale } = visit.site;
  const { isNew, other, nobody, from, through } = visit.words.activity;
  const sentence = sayAct(type, locale);
  const said = sentence ?? html`<span lang="en">${type}</span>`;
  const device = deviceOf(userAgent);
  const about = [
    ...(by === 'oneself' ? [] : [html`${by === 'other' ? other : nobody}`]),
    ...(client !== undefined && client !== OURSELVES ? [through(html`<bdi>${client}</bdi>`)] : []),
    ...(device !== undefined ? [html`<bdi>${device}</bdi>`] : []),
    ...(ip !== undefined ? [from(html`<bdi>${ip}</bdi>`)] : []),
  ];
  return html`<li><strong>${said}</strong>${isNewDevice && html` <em>${isNew}</em>`}${isAnothers && sentence && html` <em>${ANOTHERS[locale]}</em>`}
<p>${when(visit, at)}</p>
${about.length > 0 && html`<p>${about.map((part, index) => html`${index > 0 && ', '}${part}`)}</p>`}</li>`;
}
