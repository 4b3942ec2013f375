/**
 * That somebody signed in with a device that had not been seen before.
 *
 * @module
 */
import type { Template } from './template.ts';

export const newDevice: Template = {
  en: ({ brand, account, url, when, where }) => ({
    subject: `A new device signed in at ${brand}`,
    before: [`A device that we have not seen before signed in to ${account} on ${when}${where}.`],
    action: { label: 'Look at my account', url },
    after: [
      'Was it you? Then there is nothing to do. Else end that session and change your password.',
    ],
  }),
  cs: ({ brand, account, url, when, where }) => ({
    subject: `Přihlášení z nového zařízení u ${brand}`,
    before: [
      `Zařízení, které jsme dosud neviděli, se ${when}${where} přihlásilo. Účet: ${account}.`,
    ],
    action: { label: 'Podívat se na můj účet', url },
    after: ['Byli jste to vy? Pak není třeba nic dělat. Jinak tu relaci ukončete a změňte heslo.'],
  }),
};
