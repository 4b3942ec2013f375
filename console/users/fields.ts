/**
 * What there is to fill in of a user.
 *
 * @module
 */
import type { FieldSpec } from '../app/fields.tsx';

const accountFields = (roles: readonly string[]): FieldSpec[] => [
  { name: 'username', label: 'User name', kind: 'text', required: true },
  { name: 'email', label: 'E-mail address', kind: 'email', hint: 'Signs in with it, too.' },
  { name: 'activated', label: 'Activated', kind: 'switch' },
  {
    name: 'disabled',
    label: 'Disabled',
    kind: 'switch',
    hint: 'May sign in no more; every session and key is refused at its next call.',
  },
  { name: 'roles', label: 'Roles', kind: 'names', options: roles },
];

const PROFILE: readonly FieldSpec[] = [
  { name: 'profile.name', label: 'Full name', kind: 'text' },
  { name: 'profile.given_name', label: 'Given name', kind: 'text' },
  { name: 'profile.family_name', label: 'Family name', kind: 'text' },
  { name: 'profile.phone_number', label: 'Telephone', kind: 'text' },
  { name: 'profile.locale', label: 'Language', kind: 'text', hint: 'Such as cs-CZ.' },
  { name: 'profile.zoneinfo', label: 'Time zone', kind: 'text', hint: 'Such as Europe/Prague.' },
];

const PASSWORD: FieldSpec = {
  name: 'password',
  label: 'New password',
  kind: 'password',
  hint: 'Whoever is signed in with the old one is signed out.',
};

/** At whose sign-in it holds is said by where it stands. */
const mustChange = (when: string): FieldSpec => ({
  name: 'mustChangePassword',
  label: `Must be changed at the ${when} sign-in`,
  kind: 'switch',
  hint: 'The sign-in page asks for another one before anything else; sign-ins elsewhere are refused until then.',
});

export const userFields = (roles: readonly string[]): FieldSpec[] => [
  ...accountFields(roles).map((spec) => ({ ...spec, group: 'Account' })),
  ...PROFILE.map((spec) => ({ ...spec, group: 'Profile' })),
  { ...PASSWORD, group: 'Password' },
  { ...mustChange('next'), group: 'Password' },
];

/** By the administrator, and not chosen by the user. */
const isGiven: FieldSpec['isShown'] = ({ invite }) => invite !== true;

export const newUserFields = (roles: readonly string[]): FieldSpec[] => [
  {
    name: 'username',
    label: 'User name',
    kind: 'text',
    required: true,
    hint: 'As in bob@mydomain.com.',
  },
  { name: 'email', label: 'E-mail address', kind: 'email' },
  {
    name: 'invite',
    label: 'Invite by mail',
    kind: 'switch',
    hint: 'The user gets a link to that address, good for a week, and chooses a password. For domains in which administrators invite.',
  },
  { name: 'password', label: 'Password', kind: 'password', required: true, isShown: isGiven },
  { ...mustChange('first'), isShown: isGiven },
  { name: 'domain', label: 'Domain', kind: 'text', hint: 'Your own, unless you name another.' },
  { name: 'activated', label: 'Activated', kind: 'switch' },
  { name: 'roles', label: 'Roles', kind: 'names', options: roles },
];
