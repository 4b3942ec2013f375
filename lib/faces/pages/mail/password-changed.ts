/**
 * That the password is another one now.
 *
 * @module
 */
import type { Template } from './template.ts';

export const passwordChanged: Template = {
  en: ({ brand, account, url, when, where }) => ({
    subject: `Your password for ${brand} was changed`,
    before: [`The password of ${account} was changed on ${when}${where}.`],
    action: { label: 'It was not me', url },
    after: ['Was it you? Then there is nothing to do.'],
  }),
  cs: ({ brand, account, url, when, where }) => ({
    subject: `Vaše heslo pro ${brand} bylo změněno`,
    before: [`Heslo pro ${account} bylo změněno ${when}${where}.`],
    action: { label: 'Nebyl jsem to já', url },
    after: ['Byli jste to vy? Pak není třeba nic dělat.'],
  }),
};
