/**
 * A link to choose the first password, for whom an administrator has made an account.
 *
 * @module
 */
import type { Template } from './template.ts';

export const invitation: Template = {
  en: ({ brand, account, url, lifetime }) => ({
    subject: `You are invited to ${brand}`,
    before: [
      `An administrator has created ${account} at ${brand}. Choose a password, and it is yours to use.`,
    ],
    action: { label: 'Accept the invitation', url },
    after: [
      `The link works once, for ${lifetime}.`,
      'Do you not know what this is about? Then ignore it: without a password nobody can use the account.',
    ],
  }),
  cs: ({ brand, account, url, lifetime }) => ({
    subject: `Pozvánka do ${brand}`,
    before: [`Správce u ${brand} vytvořil ${account}. Zvolte si heslo a můžete ho používat.`],
    action: { label: 'Přijmout pozvánku', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}.`,
      'Nevíte, oč jde? Pak zprávu ignorujte: bez hesla účet nikdo nepoužije.',
    ],
  }),
};
