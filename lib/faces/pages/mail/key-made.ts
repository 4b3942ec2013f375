/**
 * That there is a new API key, which enters the account by itself.
 *
 * @module
 */
import type { Template } from './template.ts';

export const keyMade: Template = {
  en: ({ brand, account, url, when, where, what }) => ({
    subject: `A new API key for your account at ${brand}`,
    before: [
      `An API key${what} was created for ${account} on ${when}${where}. Whoever has it can act as you, without your password.`,
    ],
    action: { label: 'Look at my account', url },
    after: [
      'Was it you? Then there is nothing to do. Else delete the key and change your password.',
    ],
  }),
  cs: ({ brand, account, url, when, where, what }) => ({
    subject: `Nový klíč API k vašemu účtu u ${brand}`,
    before: [
      `Pro ${account} byl ${when}${where} vytvořen klíč API${what}. Kdo ho má, může jednat za vás, bez vašeho hesla.`,
    ],
    action: { label: 'Podívat se na můj účet', url },
    after: ['Byli jste to vy? Pak není třeba nic dělat. Jinak klíč smažte a změňte heslo.'],
  }),
};
