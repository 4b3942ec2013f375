/**
 * Where one is signed in: each browser and each application that one has signed in to by oneself, and the end of
 * one of them, or of all others.
 *
 * In: session (its key) or action=others
 *
 * @module
 */
import { endOtherSessions } from '../../../account/end-others.ts';
import { own } from '../../../account/own.ts';
import { ownSessions } from '../../../account/own-data.ts';
import { stopSession } from '../../../manage/sessions/end.ts';
import type { Listed } from '../../../manage/sessions/list.ts';
import { type Html, html } from '../shell/html.ts';
import { hidden, name } from '../shell/parts.ts';
import type { Act } from './act.ts';
import { deviceOf } from './device.ts';
import { accountPage, ownForm, type Show, trailIn, type Visit, when } from './visit.ts';

export const showSessions: Show = async (visit) => {
  const { services, person, words, now } = visit;
  const { title, others, othersLead, only } = words.sessions;
  const { caller } = person;
  const whole = await ownSessions(services.tables, { caller, now });
  const all = whole.filter(isOutermost);
  const isCurrent = ({ name: { key } }: Listed) => key === caller.key;
  const [current, rest] = [all.filter(isCurrent), all.filter((one) => !isCurrent(one))];
  const button = html`<button id="sessions-others" name="action" value="others">${others}</button>`;
  const content = html`<ul class="rows">
${current.map((one) => rowOf(visit, one, true))}
${rest.map((one) => rowOf(visit, one, false))}
</ul>
${whole.length > 1 ? html`<p>${othersLead}</p>${ownForm(visit, { button })}` : html`<p>${only}</p>`}`;
  return accountPage(visit, { title, content });
};

/** What was opened within another one ends with it. */
const isOutermost = ({ name: { key } }: Listed): boolean => !key.includes('~');

/** The `client` of what was opened by our own pages. */
const OURSELVES = 'latchkey';

function rowOf(visit: Visit, session: Listed, isCurrent: boolean): Html {
  const { words } = visit;
  const { current, since, used, until, from, end, inApplication } = words.sessions;
  const { client, ip, userAgent, issuedAt, authTime, usedAt, expiresAt } = session;
  const key = session.name.key;
  const button = html`<button class="quiet small" id="end-${key}">${end}</button>`;
  return html`<li>
<strong><bdi>${deviceOf(userAgent) ?? words.unknown}</bdi></strong>${isCurrent && html` <em>${current}</em>`}
<p>${client !== OURSELVES && html`${inApplication(name(client))} `}${ip !== undefined && html`${from(html`<bdi>${ip}</bdi>`)}`}</p>
<p>${since(when(visit, authTime ?? issuedAt))}.${usedAt !== undefined && html` ${used(when(visit, usedAt))}.`} ${until(when(visit, expiresAt))}.</p>
${!isCurrent && ownForm(visit, { carried: hidden('session', key), button })}
</li>`;
}

export const endSessions: Act = async (visit, fields) => {
  const { services, person, now } = visit;
  const { caller } = person;
  const trail = trailIn(visit);
  if (fields.get('action') === 'others') {
    await endOtherSessions(services.tables, caller, trail);
    return 'others';
  }
  const of = { subject: caller.subject.id, key: fields.get('session') ?? '' };
  await stopSession(services.tables, own(caller), of, { now, trail });
  return 'session';
};
