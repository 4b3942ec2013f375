/**
 * A link to finish a sign-up, which proves the address.
 *
 * @module
 */
import type { Template } from './template.ts';

export const signUp: Template = {
  en: ({ brand, url, lifetime }) => ({
    subject: `Finish creating your account at ${brand}`,
    before: [`This address was given to create an account at ${brand}.`],
    action: { label: 'Create the account', url },
    after: [
      `The link works once, for ${lifetime}. Until it is used, there is no account.`,
      'Was it not you? Then there is nothing to do.',
    ],
  }),
  cs: ({ brand, url, lifetime }) => ({
    subject: `Dokončete vytvoření účtu u ${brand}`,
    before: [`Tato adresa byla zadána k vytvoření účtu u ${brand}.`],
    action: { label: 'Vytvořit účet', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}. Dokud ho nepoužijete, žádný účet neexistuje.`,
      'Nebyli jste to vy? Pak není třeba nic dělat.',
    ],
  }),
};
