/**
 * A link to choose a new password, for whoever forgot the old one.
 *
 * @module
 */
import type { Template } from './template.ts';

export const resetPassword: Template = {
  en: ({ brand, account, url, lifetime }) => ({
    subject: `Choose a new password for ${brand}`,
    before: [`Somebody, hopefully you, asked to choose a new password for ${account}.`],
    action: { label: 'Choose a new password', url },
    after: [
      `The link works once, for ${lifetime}. A new password signs you out everywhere.`,
      'Was it not you? Then there is nothing to do: without the link nobody changes your password.',
    ],
  }),
  cs: ({ brand, account, url, lifetime }) => ({
    subject: `Nové heslo pro ${brand}`,
    before: [`Někdo, doufáme, že vy, požádal o nové heslo pro ${account}.`],
    action: { label: 'Zvolit nové heslo', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}. Nové heslo vás všude odhlásí.`,
      'Nebyli jste to vy? Pak není třeba nic dělat: bez odkazu vaše heslo nikdo nezmění.',
    ],
  }),
};
