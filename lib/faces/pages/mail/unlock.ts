/**
 * A link for an owner who is kept out by the failures of others.
 *
 * @module
 */
import type { Template } from './template.ts';

export const unlock: Template = {
  en: ({ brand, account, url, lifetime }) => ({
    subject: `Sign in to ${brand} in spite of failed attempts`,
    before: [
      `Somebody has tried many wrong passwords for ${account}, so further attempts have to wait. With this link you need not.`,
    ],
    action: { label: 'Let me sign in', url },
    after: [
      `The link works once, for ${lifetime}. You still need your password.`,
      'If you did not ask for it, there is nothing to do: nobody got in.',
    ],
  }),
  cs: ({ brand, account, url, lifetime }) => ({
    subject: `Přihlášení do ${brand} navzdory neúspěšným pokusům`,
    before: [
      `Někdo zkoušel mnoho chybných hesel pro ${account}, a proto musí další pokusy čekat. S tímto odkazem vy čekat nemusíte.`,
    ],
    action: { label: 'Umožnit mi přihlášení', url },
    after: [
      `Odkaz funguje jednou. Platí: ${lifetime}. Heslo stále potřebujete.`,
      'Pokud jste o něj nežádali, není třeba nic dělat: nikdo se dovnitř nedostal.',
    ],
  }),
};
