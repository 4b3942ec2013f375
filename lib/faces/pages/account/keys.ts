/**
 * API keys of one's own: to make one, or to give one another secret, whose text is shown this once, and to end
 * one.
 *
 * In: name and days; or renew, the one that gets another secret, and overlap, for how many seconds the old one
 *     works on; or key for the one to end
 *
 * @module
 */

import * as v from 'valibot';
import { ownKeys } from '../../../account/own-data.ts';
import { requireFreshSignIn } from '../../../authority/fresh-sign-in.ts';
import { ownLetters } from '../../../authority/own-letters.ts';
import { natural, parseInput } from '../../../http/input.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { createApiKey } from '../../../manage/keys/create.ts';
import { deleteApiKey, type ListedApiKey, rotateApiKey } from '../../../manage/keys/lifecycle.ts';
import { after, seconds } from '../../../time.ts';
import { type Html, html } from '../shell/html.ts';
import { path } from '../shell/page.ts';
import { hidden } from '../shell/parts.ts';
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show, trailIn, type Visit, when } from './visit.ts';

const DAY = 86_400;
const MOST_NAME = 128;
const DEFAULT_DAYS = '90';

export const showKeys: Show = async (visit) => {
  const { services, person, words, now } = visit;
  const { title, lead, none } = words.keys;
  const all = await ownKeys(services.tables, { caller: person.caller, now });
  const rows = html`<ul class="rows">${all.map((one) => rowOf(visit, one))}</ul>`;
  const content = html`<p>${lead}</p>
${all.length > 0 ? rows : html`<p>${none}</p>`}
${makerOf(visit)}`;
  return accountPage(visit, { title, content });
};

function rowOf(visit: Visit, { name, standing, lastUsed }: ListedApiKey): Html {
  const { since, used, neverUsed, until, forever, disabled, end } = visit.words.keys;
  const { issuedAt, expiresAt } = standing;
  const button = html`<button class="quiet small" id="end-${name.key}">${end}</button>`;
  return html`<li>
<strong><bdi>${standing.name}</bdi></strong>${standing.disabled && html` <em>${disabled}</em>`}
<p>${since(when(visit, issuedAt))}. ${lastUsed === undefined ? neverUsed : used(when(visit, lastUsed))}. ${expiresAt === undefined ? forever : until(when(visit, expiresAt))}.</p>
${renewalOf(visit, name.key)}
${ownForm(visit, { carried: hidden('key', name.key), button })}
</li>`;
}

function renewalOf(visit: Visit, key: string): Html {
  const { renew, renewLead, overlap, overlaps, submitRenewal } = visit.words.keys;
  const options = Object.entries(overlaps).map(
    ([count, text]) => html`<option value="${count}">${text}</option>`,
  );
  const fields = html`<div><label for="overlap-${key}">${overlap}</label>
<select id="overlap-${key}" name="overlap">${options}</select></div>`;
  const button = html`<button class="small" id="renew-${key}">${submitRenewal}</button>`;
  return html`<details><summary>${renew}</summary>
<p>${renewLead}</p>
${ownForm(visit, { carried: hidden('renew', key), fields, button })}</details>`;
}

function makerOf(visit: Visit): Html {
  const { make, name: label, lifetime, lifetimes, submit, powerless } = visit.words.keys;
  const { caller } = visit.person;
  const hasPower = Object.keys(ownLetters({ ...visit.person, status: 'live' })).length > 0;
  if (!hasPower || caller.subject.roles.length === 0) return html`<p>${powerless}</p>`;
  const { typed } = visit;
  const days = typed['days'] ?? DEFAULT_DAYS;
  const options = Object.entries(lifetimes).map(
    ([count, text]) =>
      html`<option value="${count}"${count === days && html` selected`}>${text}</option>`,
  );
  const given = { name: 'name', label, required: true, maxLength: MOST_NAME };
  const fields = html`${input(visit, { ...given, value: typed['name'] })}
<div><label for="days">${lifetime}</label>
<select id="days" name="days">${options}</select></div>`;
  const button = html`<button id="key-make">${submit}</button>`;
  return html`<h2>${make}</h2>${ownForm(visit, { fields, button })}`;
}

const Days = v.object({ days: natural(1, 3650) });
const Overlap = v.object({ overlap: natural(0, 30 * DAY) });

export const changeKeys: Act = async (visit, fields) => {
  const { services, person, now } = visit;
  const { caller } = person;
  const trail = trailIn(visit);
  const named = (key: string) => ({ subject: caller.subject.id, key });
  const key = fields.get('key');
  if (key !== undefined) {
    await deleteApiKey(services.tables, caller, named(key), { now, trail });
    return 'key';
  }
  requireFreshSignIn(caller);
  const renewed = fields.get('renew');
  if (renewed !== undefined) {
    const { overlap } = parseInput(Overlap, { overlap: fields.get('overlap') ?? '0' });
    const terms = { overlap: seconds(overlap), now, trail };
    const { text } = await rotateApiKey(services.tables, caller, named(renewed), terms);
    return shownOnce(visit, visit.words.keys.renewed, text);
  }
  const { days } = parseInput(Days, { days: fields.get('days') ?? DEFAULT_DAYS });
  const wanted = {
    owner: caller.subject.id,
    name: fields.get('name') ?? '',
    expiresAt: after(now, seconds(days * DAY)),
  };
  const { text } = await createApiKey(services.tables, caller, wanted, now, trail);
  return shownOnce(visit, visit.words.keys.made, text);
};

function shownOnce(visit: Visit, title: string, text: string): HttpResponse {
  const { madeLead, kept } = visit.words.keys;
  const content = html`<p>${madeLead}</p>
<p class="shown-once"><code id="key-text">${text}</code></p>
<p class="action"><a class="button" id="key-kept" href="${path(visit.site, visit.place)}">${kept}</a></p>`;
  return accountPage(visit, { title, content });
}
