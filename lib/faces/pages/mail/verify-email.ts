/**
 * A link that proves that the address of an account is its owner's.
 *
 * @module
 */
import type { Template } from './template.ts';

export const verifyEmail: Template = {
  en: ({ brand, account, url, lifetime }) => ({
    subject: `Confirm your address for ${brand}`,
    before: [`Please confirm that this is the address of ${account}.`],
    action: { label: 'Confirm the address', url },
    after: [
      `The link works once, for ${lifetime}.`,
      'Is it not your account? Then do not confirm it.',
    ],
  }),
  cs: ({ brand, account, url, lifetime }) => ({
    subject: `Potvrďte svou adresu pro ${brand}`,
    before: [`Potvrďte prosím, že je toto adresa pro ${account}.`],
    action: { label: 'Potvrdit adresu', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}.`,
      'Není to váš účet? Pak adresu nepotvrzujte.',
    ],
  }),
};
