/**
 * A code to sign in with.
 *
 * @module
 */
import type { Template } from './template.ts';

export const emailCode: Template = {
  en: ({ brand, account, code, lifetime }) => ({
    subject: `Your code for ${brand}`,
    before: [`Enter this code where you are signing in to ${account}:`],
    code,
    after: [
      `It is good once, for ${lifetime}, in the browser that asked for it. Nobody of us will ever ask you for it.`,
      'Was it not you? Then give the code to nobody.',
    ],
  }),
  cs: ({ brand, account, code, lifetime }) => ({
    subject: `Váš kód pro ${brand}`,
    before: [`Zadejte tento kód tam, kde se přihlašujete. Je pro ${account}:`],
    code,
    after: [
      `Použít ho lze jednou, v prohlížeči, který o něj požádal. Platí: ${lifetime}. Nikdo od nás se vás na něj nikdy nezeptá.`,
      'Nebyli jste to vy? Pak kód nikomu nedávejte.',
    ],
  }),
};
