/**
 * The applications that one has agreed may act in one's name, and the end of it: their tokens are refused from
 * the next call on.
 *
 * In: client
 *
 * @module
 */
import { own } from '../../../account/own.ts';
import { ownConsents, ownSessions, titles } from '../../../account/own-data.ts';
import type { Listed } from '../../../manage/sessions/list.ts';
import { type Shown, withdrawConsent } from '../../../manage/users/consents.ts';
import type { Instant } from '../../../time.ts';
import { type Html, html } from '../shell/html.ts';
import { hidden } from '../shell/parts.ts';
import { describeScope } from '../sign-in/scope.ts';
import type { Act } from './act.ts';
import { accountPage, ownForm, type Show, trailIn, type Visit, when } from './visit.ts';

export const showApplications: Show = async (visit) => {
  const { services, person, words, now } = visit;
  const { title, lead, none } = words.applications;
  const asking = { caller: person.caller, now };
  const [all, sessions, known] = await Promise.all([
    ownConsents(services.tables, asking),
    ownSessions(services.tables, asking),
    titles(services.tables),
  ]);
  const rows = html`<p>${lead}</p>
<ul class="rows">${all.map((one) => rowOf(visit, { ...one, lastUse: lastUseOf(sessions, one) }, known))}</ul>`;
  return accountPage(visit, { title, content: all.length > 0 ? rows : html`<p>${none}</p>` });
};

/** Of what is left of it: when it was given access, or came for more. */
const lastUseOf = (sessions: readonly Listed[], { client }: Shown): Instant | undefined =>
  sessions
    .filter((session) => session.client === client)
    .map(({ issuedAt, usedAt = issuedAt }) => usedAt)
    .sort((one, other) => other - one)[0];

function rowOf(
  visit: Visit,
  { client, name, scopes, grantedAt, lastUse }: Shown & { lastUse: Instant | undefined },
  known: Awaited<ReturnType<typeof titles>>,
): Html {
  const { words, site } = visit;
  const { since, used, unused, may, end, gone } = words.applications;
  const button = html`<button class="quiet small" id="end-${client}">${end}</button>`;
  const said = describeScope(scopes, site.locale, known).map(({ text }) => html`<li>${text}</li>`);
  return html`<li>
<strong><bdi>${name ?? gone}</bdi></strong>
<p>${since(when(visit, grantedAt))}. ${lastUse === undefined ? unused : used(when(visit, lastUse))}.</p>
${said.length > 0 && html`<p>${may}</p><ul class="plain">${said}</ul>`}
${ownForm(visit, { carried: hidden('client', client), button })}
</li>`;
}

export const endApplication: Act = async (visit, fields) => {
  const { services, person, now } = visit;
  const of = { user: person.caller.subject.id, client: fields.get('client') ?? '' };
  await withdrawConsent(services.tables, own(person.caller), of, { now, trail: trailIn(visit) });
  return 'application';
};
