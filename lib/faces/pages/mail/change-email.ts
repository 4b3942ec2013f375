/**
 * A link that makes the address to which it is sent that of an account.
 *
 * @module
 */
import type { Template } from './template.ts';

export const changeEmail: Template = {
  en: ({ brand, account, url, lifetime }) => ({
    subject: `Confirm your new address for ${brand}`,
    before: [`This is to be the new address of ${account}. It is changed once you confirm it.`],
    action: { label: 'Confirm the new address', url },
    after: [
      `The link works once, for ${lifetime}.`,
      'Is it not your account? Then do not confirm it.',
    ],
  }),
  cs: ({ brand, account, url, lifetime }) => ({
    subject: `Potvrďte svou novou adresu pro ${brand}`,
    before: [`Toto má být nová adresa pro ${account}. Změní se, až ji potvrdíte.`],
    action: { label: 'Potvrdit novou adresu', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}.`,
      'Není to váš účet? Pak adresu nepotvrzujte.',
    ],
  }),
};
