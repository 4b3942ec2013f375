/**
 * That the account does not work any more, until an administrator says otherwise.
 *
 * @module
 */
import type { Template } from './template.ts';

export const accountDisabled: Template = {
  en: ({ brand, account, when, where }) => ({
    subject: `Your account at ${brand} was disabled`,
    before: [`On ${when}${where}, ${account} was disabled. Nobody can sign in to it.`],
    after: [`If that is a mistake, ask whoever administers ${brand}.`],
  }),
  cs: ({ brand, account, when, where }) => ({
    subject: `Váš účet u ${brand} byl vypnut`,
    before: [`${when}${where} se vypnul přístup. Týká se: ${account}. Nikdo se k němu nepřihlásí.`],
    after: [`Pokud jde o omyl, obraťte se na správce ${brand}.`],
  }),
};
