/**
 * The pages of one's own account: people who are not signed in are sent to sign in, and back to them.
 *
 * @module
 */
export const ACCOUNT_PAGES = [
  '/account',
  '/account/profile',
  '/account/email',
  '/account/password',
  '/account/sessions',
  '/account/applications',
  '/account/keys',
  '/account/activity',
  '/account/export',
  '/account/delete',
] as const;
export type AccountPage = (typeof ACCOUNT_PAGES)[number];
