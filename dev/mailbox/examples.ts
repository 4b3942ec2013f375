/**
 * A letter of each kind, with what it might say, so that each template can be looked at.
 *
 * @module
 */
import {
  type About,
  type Content,
  DEFAULT_BRAND,
  type Letter,
  type MailLocale,
} from '../../lib/mail/letter.ts';
import { instant, seconds } from '../../lib/time.ts';

const ISSUER = 'http://127.0.0.1:3000';
const linked = (
  about: 'reset-password' | 'sign-up' | 'invitation' | 'verify-email' | 'change-email' | 'unlock',
  path: string,
  hours: number,
) =>
  ({
    about,
    url: `${ISSUER}${path}?secret=EXAMPLEexampleEXAMPLEexampleEXAMPLEexample1`,
    lifetime: seconds(hours * 3600),
  }) as const;
const at = instant(1_800_000_000);
const happened = (path: string) => ({ at, ip: '192.0.2.1', url: ISSUER + path });

const CONTENTS: Readonly<Record<About, Content>> = {
  'reset-password': linked('reset-password', '/account/reset-password', 1),
  'sign-up': linked('sign-up', '/account/sign-up/finish', 24),
  'sign-up-known': { about: 'sign-up-known', url: `${ISSUER}/account/forgot-password` },
  invitation: linked('invitation', '/account/invitation', 168),
  'verify-email': linked('verify-email', '/account/verify-email', 24),
  'change-email': linked('change-email', '/account/email', 24),
  'email-code': { about: 'email-code', code: '123456', lifetime: seconds(600) },
  unlock: linked('unlock', '/account/unlock', 1),
  'password-changed': { about: 'password-changed', ...happened('/account/forgot-password') },
  'email-changed': { about: 'email-changed', ...happened('/account/forgot-password') },
  'key-made': { about: 'key-made', what: 'Billing export', ...happened('/account') },
  'key-renewed': { about: 'key-renewed', what: 'Billing export', ...happened('/account/keys') },
  'new-device': { about: 'new-device', ...happened('/account') },
  'account-disabled': { about: 'account-disabled', ...happened('/') },
  'account-deleted': { about: 'account-deleted', ...happened('/') },
};

export const EXAMPLES = Object.keys(CONTENTS) as About[];

export const exampleOf = (about: About, locale: MailLocale): Letter => ({
  to: 'jan.novak@example.com',
  locale,
  account: about === 'sign-up' ? undefined : 'jan.novak@example.com',
  brand: DEFAULT_BRAND,
  content: CONTENTS[about],
});
