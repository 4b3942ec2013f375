/**
 * Links that do something by their button alone (following.ts).
 *
 *   POST /account/verify-email            the address is the account's
 *   POST /account/unlock                  the browser is one that is known from now on
 *
 * @module
 */
import { unlock } from '../../../account/unlock.ts';
import { verifyEmail } from '../../../account/verify-email.ts';
import { deviceCookie, deviceOf } from '../../../browser/device.ts';
import { randomSecret } from '../../../crypto.ts';
import { originOf } from '../../../http/request.ts';
import { siteFor } from '../sign-in/visit.ts';
import { follow, over } from './following.ts';
import * as pages from './link.ts';
import { ACCOUNT } from './recovered.ts';

export const verify = follow('verify-email', {
  press: async (services, visit, { secret }) => {
    const done = await verifyEmail(services, { secret, from: originOf(visit.request) });
    if (done.status === 'over') return over(services, visit);
    const site = await siteFor(services, visit, done.user);
    return pages.donePage({ ...site, purpose: 'verify-email' });
  },
});

export const unlockBrowser = follow('unlock', {
  press: async (services, visit, { secret }) => {
    const { issuer } = services;
    const device = deviceOf(issuer, visit.request) ?? randomSecret();
    const done = await unlock(services, { secret, device });
    if (done.status === 'over') return over(services, visit);
    const site = await siteFor(services, visit, done.user);
    const page = pages.donePage({ ...site, purpose: 'unlock', signIn: ACCOUNT });
    return { ...page, cookies: [deviceCookie(issuer, device)] };
  },
});
