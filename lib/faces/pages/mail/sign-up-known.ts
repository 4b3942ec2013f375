/**
 * For whoever signs up with an address that has an account already.
 *
 * @module
 */
import type { Template } from './template.ts';

export const signUpKnown: Template = {
  en: ({ brand, url }) => ({
    subject: `You already have an account at ${brand}`,
    before: [
      `Somebody, hopefully you, wanted to create an account at ${brand} with this address. There is one already, so nothing was created. Sign in with it as usual.`,
    ],
    action: { label: 'I forgot my password', url },
    after: ['Was it not you? Then there is nothing to do.'],
  }),
  cs: ({ brand, url }) => ({
    subject: `U ${brand} už účet máte`,
    before: [
      `Někdo, doufáme, že vy, chtěl u ${brand} vytvořit účet s touto adresou. Účet už existuje, takže se nic nevytvořilo. Přihlaste se jako obvykle.`,
    ],
    action: { label: 'Zapomenuté heslo', url },
    after: ['Nebyli jste to vy? Pak není třeba nic dělat.'],
  }),
};
