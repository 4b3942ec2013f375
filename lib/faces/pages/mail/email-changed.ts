/**
 * That the account has another address now: to the old one.
 *
 * @module
 */
import type { Template } from './template.ts';

export const emailChanged: Template = {
  en: ({ brand, account, when, where }) => ({
    subject: `Your address for ${brand} was changed`,
    before: [
      `On ${when}${where}, ${account} was given another e-mail address. This is the last message to this one.`,
    ],
    after: [
      `Was it you? Then there is nothing to do. Else ask whoever administers ${brand} for help, at once.`,
    ],
  }),
  cs: ({ brand, account, when, where }) => ({
    subject: `Vaše adresa pro ${brand} byla změněna`,
    before: [
      `${when}${where} se změnila e-mailová adresa pro ${account}. Toto je poslední zpráva na tuto adresu.`,
    ],
    after: [
      `Byli jste to vy? Pak není třeba nic dělat. Jinak požádejte o pomoc správce ${brand}, a to hned.`,
    ],
  }),
};
