/**
 * That an API key has another secret, which whoever made it can enter the account with.
 *
 * @module
 */
import type { Template } from './template.ts';

export const keyRenewed: Template = {
  en: ({ brand, account, url, when, where, what }) => ({
    subject: `Another secret for an API key of your account at ${brand}`,
    before: [
      `The API key${what} of ${account} was given another secret on ${when}${where}. Whoever has it can act as you, without your password.`,
    ],
    action: { label: 'Look at my keys', url },
    after: [
      'Was it you? Then there is nothing to do. Else delete the key and change your password.',
    ],
  }),
  cs: ({ brand, account, url, when, where, what }) => ({
    subject: `Jiné tajemství klíče API k vašemu účtu u ${brand}`,
    before: [
      `Klíč API${what} pro ${account} dostal ${when}${where} jiné tajemství. Kdo ho má, může jednat za vás, bez vašeho hesla.`,
    ],
    action: { label: 'Podívat se na moje klíče', url },
    after: ['Byli jste to vy? Pak není třeba nic dělat. Jinak klíč smažte a změňte heslo.'],
  }),
};
