/**
 * One's own name and standard claims.
 *
 * In:     a field a claim, by its registered name, those of the address among them; empty takes it away. What
 *         comes back as it was shown is left alone, whatever it is: it may be from before there was a rule, or
 *         have a line break, which a field of one line does not give back.
 *
 * @module
 * @see OpenID Connect Core §5.1
 */
import * as v from 'valibot';
import { own } from '../../../account/own.ts';
import { parseInput, text } from '../../../http/input.ts';
import { changeUser } from '../../../manage/users/lifecycle.ts';
import { ADDRESS, isBirthdate, PROFILE } from '../../../manage/users/register.ts';
import { type Html, html } from '../shell/html.ts';
import type { Act } from './act.ts';
import { accountPage, input, ownForm, type Show, trailIn, type Visit } from './visit.ts';

type Claim = (typeof PROFILE)[number] | (typeof ADDRESS)[number];
type Field = { name: Claim; type?: string; autocomplete?: string; hasLines?: boolean };

const FIRST: readonly Field[] = [
  { name: 'name', autocomplete: 'name' },
  { name: 'given_name', autocomplete: 'given-name' },
  { name: 'family_name', autocomplete: 'family-name' },
  { name: 'nickname', autocomplete: 'nickname' },
  { name: 'company', autocomplete: 'organization' },
  { name: 'phone_number', type: 'tel', autocomplete: 'tel' },
];
const MORE: readonly Field[] = [
  { name: 'zoneinfo' },
  { name: 'middle_name', autocomplete: 'additional-name' },
  { name: 'birthdate', type: 'date', autocomplete: 'bday' },
  { name: 'gender' },
  { name: 'website', type: 'url', autocomplete: 'url' },
  { name: 'profile', type: 'url' },
  { name: 'picture', type: 'url', autocomplete: 'photo' },
  { name: 'street_address', autocomplete: 'street-address', hasLines: true },
  { name: 'locality', autocomplete: 'address-level2' },
  { name: 'region', autocomplete: 'address-level1' },
  { name: 'postal_code', autocomplete: 'postal-code' },
  { name: 'country', autocomplete: 'country-name' },
  { name: 'formatted', hasLines: true },
];

const MOST = 256;
const Text = v.optional(v.nullable(text(MOST)));
const isWebAddress = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const Web = v.optional(
  v.nullable(v.pipe(text(MOST), v.check(isWebAddress, 'must be a web address'))),
);
const Day = v.optional(v.nullable(v.pipe(text(MOST), v.check(isBirthdate, 'must be a date'))));
const ProfileForm = v.object({
  ...v.entriesFromList(PROFILE, Text),
  website: Web,
  profile: Web,
  picture: Web,
  birthdate: Day,
});
const AddressForm = v.object(v.entriesFromList(ADDRESS, Text));

export const showProfile: Show = async (visit) => {
  const { words } = visit;
  const { title, lead, more } = words.profile;
  const fields = html`${FIRST.map((field) => fieldOf(visit, field))}
${languageOf(visit)}
<details${isMoreFaulty(visit) && html` open`}><summary>${more}</summary>
<div class="fields">${MORE.map((field) => fieldOf(visit, field))}</div></details>`;
  const button = html`<button id="profile-save">${words.save}</button>`;
  const content = html`<p>${lead}</p>${ownForm(visit, { fields, button })}`;
  return accountPage(visit, { title, content });
};

const isMoreFaulty = ({ refused }: Visit): boolean =>
  MORE.some(({ name }) => name === refused?.said.field);

const keptOf = ({ user }: Visit, name: string): string | undefined => {
  const { address, ...profile } = user.profile;
  return ({ ...address, ...profile } as Record<string, string | undefined>)[name];
};

const claimOf = (visit: Visit, name: string): string | undefined =>
  visit.refused ? visit.typed[name] : keptOf(visit, name);

function fieldOf(visit: Visit, { name, ...field }: Field): Html {
  const value = claimOf(visit, name);
  const shown = fits(field.type, value) ? field : { ...field, type: 'text' };
  return input(visit, { ...shown, name, label: visit.words.profile.fields[name], value });
}

/**
 * A date that is none would be shown as nothing, and be gone with the next press of the button. An address
 * that is none would keep the browser from sending the form, without a word where it is folded away.
 */
function fits(type: string | undefined, value = ''): boolean {
  if (value === '') return true;
  if (type === 'date') return isBirthdate(value) && /^(?!0000).{4}-/.test(value);
  return type !== 'url' || URL.canParse(value);
}

function languageOf(visit: Visit): Html {
  const { asBrowser, languages, fields } = visit.words.profile;
  const value = claimOf(visit, 'locale') ?? '';
  const known: [string, string][] = [['', asBrowser], ...Object.entries(languages)];
  const all = known.some(([code]) => code === value)
    ? known
    : [...known, [value, languageNamed(value, visit.site.locale)] as const];
  return html`<div><label for="locale">${fields.locale}</label>
<select id="locale" name="locale">
${all.map(([code, label]) => html`<option value="${code}"${code === value && html` selected`}>${label}</option>`)}
</select></div>`;
}

/** One that no page of ours is in: for applications. It may be no language at all. */
function languageNamed(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export const saveProfile: Act = async (visit, fields) => {
  const { services, person, now } = visit;
  const changed = (names: readonly string[]) =>
    Object.fromEntries(
      names
        .map((name) => [name, fields.get(name)?.replaceAll('\r\n', '\n') ?? ''] as const)
        .filter(([name, typed]) => asSent(name, keptOf(visit, name)) !== typed)
        .map(([name, typed]) => [name, typed || null]),
    );
  const profile = parseInput(ProfileForm, changed(PROFILE));
  const parts = parseInput(AddressForm, changed(ADDRESS));
  const address = { ...visit.user.profile.address, ...parts };
  const left = Object.entries(address).filter(([, part]) => part !== null);
  const change = {
    ...profile,
    ...(Object.keys(parts).length > 0 && {
      address: left.length > 0 ? Object.fromEntries(left) : null,
    }),
  };
  await changeUser(services.tables.directory, own(person.caller), person.caller.subject.id, {
    change: { profile: change },
    now,
    trail: trailIn(visit),
  });
  return 'profile';
};

const WITH_LINES: ReadonlySet<string> = new Set(
  MORE.filter(({ hasLines }) => hasLines).map(({ name }) => name),
);

/** As a browser gives back what it was shown (HTML §4.10.5.1.2, §4.10.11). */
const asSent = (name: string, kept = ''): string =>
  WITH_LINES.has(name) ? kept.replaceAll(/\r\n?/g, '\n') : kept.replaceAll(/[\r\n]/g, '');
