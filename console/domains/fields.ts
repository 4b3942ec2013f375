/**
 * What there is to say of a domain. Where nothing is said the service shows its default, which is the safe one.
 *
 * @module
 */
import { BRAND_FIELDS } from '../app/brand.tsx';
import type { FieldSpec } from '../app/fields.tsx';

const DOMAIN: readonly FieldSpec[] = [
  {
    name: 'disabled',
    label: 'Disabled',
    kind: 'switch',
    hint: 'Nobody of it signs in, and every call of its members is refused.',
  },
  {
    name: 'passwords',
    label: 'New passwords must be',
    kind: 'choice',
    options: ['full', 'seed'],
    meanings: {
      full: 'Long, and not easy to guess',
      seed: 'Five characters, for demonstrations',
    },
    hint: 'Old ones go on working.',
  },
];

const ACCOUNTS: readonly FieldSpec[] = [
  {
    name: 'signUp',
    label: 'New accounts are made by',
    kind: 'choice',
    options: ['closed', 'invite', 'open'],
    meanings: {
      closed: 'Administrators, with a password',
      invite: 'Administrators, also by invitation',
      open: 'Everybody, by e-mail',
    },
    hint: 'Whoever is invited gets a link by mail and chooses a password. Everybody: the sign-in page of the domain’s clients offers it.',
  },
  {
    name: 'mailDomains',
    label: 'Whose addresses may sign up',
    kind: 'lines',
    isShown: ({ signUp }) => signUp === 'open',
    hint: 'Such as example.com, one a line; all, where there is none. Administrators may invite others.',
  },
  {
    name: 'emailCodes',
    label: 'A code by mail will do in place of a password',
    kind: 'switch',
    hint: 'Six digits, ten minutes: whoever reads the mail of an account can enter it.',
  },
  {
    name: 'selfDelete',
    label: 'People may delete their own accounts',
    kind: 'switch',
    hint: 'On their account page, with a fresh sign-in.',
  },
];

/** As the service has it for domains that say nothing: a hundred years. */
const FOR_EVER = 3_155_760_000;

const SESSIONS: readonly FieldSpec[] = [
  {
    name: 'sessionAbsolute',
    label: 'Sign in again after (seconds)',
    kind: 'number',
    unsaid: FOR_EVER,
    hint: 'Such as 43200 for 12 hours, 300 at least; empty: no limit. Also ends what applications were granted. Holds for open sessions from the next call on.',
  },
  {
    name: 'sessionIdle',
    label: 'Sign in again when idle for (seconds)',
    kind: 'number',
    unsaid: FOR_EVER,
    hint: 'Such as 3600 for an hour, 300 at least; empty: no limit. Of browsers in which no page of Latchkey was opened for so long; applications go on.',
  },
];

const grouped = (group: string, specs: readonly FieldSpec[]): FieldSpec[] =>
  specs.map((spec) => ({ ...spec, group }));

export const DOMAIN_FIELDS: readonly FieldSpec[] = [
  ...grouped('Domain', DOMAIN),
  ...grouped('Accounts', ACCOUNTS),
  ...grouped('Sessions of people', SESSIONS),
  ...BRAND_FIELDS,
];
