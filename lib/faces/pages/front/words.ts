/**
 * Every text of these pages, by language. A missing one does not compile.
 *
 * @module
 */
import type { Locale } from '../shell/locale.ts';

const english = {
  home: {
    title: 'Signing in',
    heading: 'This is where you sign in',
    lead: 'Applications send you here, and you come back to them signed in. There is nothing to do at this address itself: open the application that you want to use.',
    account: 'Your account',
    password: 'Change your password',
    signOut: 'Sign out',
    developers: 'For developers',
  },
  nowhere: {
    title: 'Nothing here',
    heading: 'There is nothing here',
    lead: 'The address may be mistyped, or no longer in use. Go back to the application that you came from.',
    home: 'What is this place?',
    requestId: 'Number of this request',
  },
};
type Messages = typeof english;

const czech: Messages = {
  home: {
    title: 'Přihlašování',
    heading: 'Tady se přihlašuje',
    lead: 'Aplikace vás sem posílají a vy se do nich vracíte přihlášení. Na této adrese samotné není co dělat: otevřete aplikaci, kterou chcete používat.',
    account: 'Váš účet',
    password: 'Změnit heslo',
    signOut: 'Odhlásit se',
    developers: 'Pro vývojáře',
  },
  nowhere: {
    title: 'Nic tu není',
    heading: 'Nic tu není',
    lead: 'Adresa může být napsaná špatně, nebo už neplatí. Vraťte se do aplikace, ze které jste přišli.',
    home: 'Kde to jsem?',
    requestId: 'Číslo požadavku',
  },
};

const MESSAGES: Readonly<Record<Locale, Messages>> = { en: english, cs: czech };
export const messagesOf = (locale: Locale): Messages => MESSAGES[locale];
