/** The pages of people without a session, and the calls of a product's that do the same. */
import { form } from '../../support/actors/clients.ts';
import { json, type Try } from '../tries.ts';

/** As a script of another site's page asks. */
const BY_SCRIPT = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
const NO_LINK = `secret=${'0'.repeat(43)}`;

const ASKING = ['/account/forgot-password', '/account/locked', '/account/sign-up'];
const LINKS = [
  'reset-password',
  'sign-up/finish',
  'invitation',
  'new-password',
  'verify-email',
  'unlock',
].map((name) => `/account/${name}`);

/** Where the stage sends no mail it says so; a domain that is closed, too. */
const STATUS: Readonly<Record<string, number>> = {
  '/account/forgot-password': 503,
  '/account/locked': 503,
  '/account/sign-up': 404,
};

export const RECOVERY: readonly Try[] = [
  ...[...ASKING, ...LINKS].flatMap((path): Try[] => [
    {
      route: `GET ${path}`,
      good: { status: STATUS[path] ?? 410, call: () => ({ target: `${path}?${NO_LINK}` }) },
      bad: { status: 400, call: () => ({ target: path, headers: BY_SCRIPT }) },
    },
    {
      route: `POST ${path}`,
      // A form that is none of ours: the page says how to start again.
      good: { status: 400, call: () => form({ request: NO_LINK, action: 'open' }) },
      bad: { status: 400, call: () => json({}) },
    },
  ]),
  {
    route: 'POST /account/reset-password/access',
    good: { status: 400, call: () => form({ request: NO_LINK }) },
    bad: { status: 400, call: () => json({}) },
  },
  {
    route: 'POST /user/forgot-password',
    good: { status: 409, call: () => json({ email: 'nobody@example.com' }) },
    bad: { status: 400, call: () => json({ email: 7 }) },
  },
  {
    route: 'POST /user/forgot-password/reset',
    good: { status: 400, call: () => json({ code: 'none', password: 'a long one of words' }) },
    bad: { status: 400, call: () => json({ code: 7 }) },
  },
];
