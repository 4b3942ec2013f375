/**
 * That the account is gone.
 *
 * @module
 */
import type { Template } from './template.ts';

export const accountDeleted: Template = {
  en: ({ brand, account, when, where }) => ({
    subject: `Your account at ${brand} was deleted`,
    before: [`On ${when}${where}, ${account} was deleted, with its sessions and keys.`],
    after: [
      `If that is a mistake, ask whoever administers ${brand}. This is the last message to this address.`,
    ],
  }),
  cs: ({ brand, account, when, where }) => ({
    subject: `Váš účet u ${brand} byl smazán`,
    before: [`${when}${where} byl smazán účet i s relacemi a klíči. Týká se: ${account}.`],
    after: [
      `Pokud jde o omyl, obraťte se na správce ${brand}. Toto je poslední zpráva na tuto adresu.`,
    ],
  }),
};
