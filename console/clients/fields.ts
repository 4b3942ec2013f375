/**
 * What there is to fill in of a client, and what each kind of application starts with.
 *
 * @module
 */
import { BRAND_FIELDS } from '../app/brand.tsx';
import type { FieldSpec } from '../app/fields.tsx';

export const KINDS = {
  web: {
    label: 'Web application',
    about: 'Runs on a server, which keeps a secret.',
    initial: { authentication: 'secret', grants: ['authorization_code', 'refresh_token'] },
  },
  page: {
    label: 'Single page',
    about: 'Runs in a browser, which can keep no secret.',
    initial: { authentication: 'none', grants: ['authorization_code', 'refresh_token'] },
  },
  native: {
    label: 'Native application',
    about: 'Runs on a phone or a desk; comes back by an address of its own.',
    initial: { authentication: 'none', grants: ['authorization_code', 'refresh_token'] },
  },
  machine: {
    label: 'Machine',
    about: 'Acts for itself: an API user name and password.',
    initial: { authentication: 'secret', grants: ['client_credentials'] },
  },
} as const;
export type Kind = keyof typeof KINDS;
export const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text);

const SCOPES: FieldSpec = {
  name: 'scopes',
  label: 'Scopes',
  kind: 'lines',
  hint: 'One a line: openid, cdr/files:r, full_access. All that it may ever ask for.',
};
const REDIRECTS: FieldSpec = {
  name: 'redirectUris',
  label: 'Redirect URIs',
  kind: 'lines',
  hint: 'One a line, compared as they are.',
};
const ORIGINS: FieldSpec = {
  name: 'allowedOrigins',
  label: 'Origins of its pages',
  kind: 'lines',
  hint: 'Such as https://app.example.com.',
};

export function newClientFields(kind: Kind, roles: readonly string[]): FieldSpec[] {
  const forUsers = kind === 'page' ? [REDIRECTS, ORIGINS] : [REDIRECTS];
  return [
    { name: 'id', label: 'Id (API user name)', kind: 'text', required: true },
    { name: 'name', label: 'Name', kind: 'text', required: true, hint: 'Users see it.' },
    { name: 'domain', label: 'Domain', kind: 'text', hint: 'Your own, unless you name another.' },
    ...(kind === 'machine' ? [] : forUsers),
    SCOPES,
    ...(kind === 'machine'
      ? [{ name: 'roles', label: 'Roles', kind: 'names', options: roles } as const]
      : []),
  ];
}

export const clientFields = (roles: readonly string[]): FieldSpec[] => [
  { name: 'name', label: 'Name', kind: 'text', group: 'Client' },
  {
    name: 'disabled',
    label: 'Disabled',
    kind: 'switch',
    group: 'Client',
    hint: 'Every token of it is refused at its next call.',
  },
  { ...SCOPES, group: 'What it may ask for' },
  { name: 'roles', label: 'Roles', kind: 'names', options: roles, group: 'What it may ask for' },
  { ...REDIRECTS, group: 'For users' },
  {
    name: 'postLogoutRedirectUris',
    label: 'Addresses after a logout',
    kind: 'lines',
    group: 'For users',
  },
  { ...ORIGINS, group: 'For users' },
  {
    name: 'pkce',
    label: 'PKCE',
    kind: 'choice',
    options: ['required', 'optional'],
    group: 'For users',
  },
  {
    name: 'consent',
    label: 'Consent',
    kind: 'choice',
    options: ['ask', 'never'],
    group: 'For users',
    hint: 'Only root says that users are not asked.',
  },
  {
    name: 'backchannelLogoutUri',
    label: 'Told of logouts at',
    kind: 'text',
    group: 'For users',
  },
  { name: 'logoUri', label: 'Its logo', kind: 'text', group: 'What users see of it' },
  { name: 'clientUri', label: 'Its website', kind: 'text', group: 'What users see of it' },
  { name: 'tosUri', label: 'Its terms', kind: 'text', group: 'What users see of it' },
  { name: 'policyUri', label: 'Its privacy policy', kind: 'text', group: 'What users see of it' },
  ...BRAND_FIELDS,
];
