/**
 * What happened to an account, by the type of its event, in words. Of other types the type itself is shown.
 *
 * @module
 */
import type { Locale } from '../shell/locale.ts';

type Sentences = Readonly<Record<string, string>>;

const english: Sentences = {
  'session.opened': 'Signed in',
  'session.refused': 'A sign-in was refused',
  'session.signed-out': 'Signed out',
  'session.ended': 'A session was ended',
  'session.reused': 'A used token was presented again, and its access was ended',
  'consent.given': 'An application was given access',
  'consent.withdrawn': 'Access was taken back from an application',
  'user.created': 'The account was made',
  'user.invited': 'An invitation was sent',
  'user.changed': 'The account was changed',
  'user.disabled': 'The account was switched off',
  'user.enabled': 'The account was switched on',
  'user.deleted': 'The account was deleted',
  'user.password-changed': 'The password was changed',
  'user.signed-out': 'Signed out everywhere',
  'user.made-administrator': 'Became an administrator of everything',
  'key.created': 'An API key was made',
  'key.changed': 'An API key was changed',
  'key.disabled': 'An API key was switched off',
  'key.enabled': 'An API key was switched on',
  'key.deleted': 'An API key was ended',
  'key.secret-changed': 'An API key got another secret',
};

const czech: Sentences = {
  'session.opened': 'Přihlášení',
  'session.refused': 'Odmítnuté přihlášení',
  'session.signed-out': 'Odhlášení',
  'session.ended': 'Ukončené přihlášení',
  'session.reused': 'Použitý token byl předložen znovu a jeho přístup skončil',
  'consent.given': 'Aplikace dostala přístup',
  'consent.withdrawn': 'Aplikaci byl odebrán přístup',
  'user.created': 'Účet byl vytvořen',
  'user.invited': 'Byla odeslána pozvánka',
  'user.changed': 'Účet byl změněn',
  'user.disabled': 'Účet byl vypnut',
  'user.enabled': 'Účet byl zapnut',
  'user.deleted': 'Účet byl smazán',
  'user.password-changed': 'Heslo bylo změněno',
  'user.signed-out': 'Odhlášení všude',
  'user.made-administrator': 'Účet se stal správcem všeho',
  'key.created': 'Vznikl klíč API',
  'key.changed': 'Klíč API byl změněn',
  'key.disabled': 'Klíč API byl vypnut',
  'key.enabled': 'Klíč API byl zapnut',
  'key.deleted': 'Klíč API byl ukončen',
  'key.secret-changed': 'Klíč API dostal jiné tajemství',
};

const SENTENCES: Readonly<Record<Locale, Sentences>> = { en: english, cs: czech };

/** Whose account it happened to, where it is not the reader's. */
export const ANOTHERS: Readonly<Record<Locale, string>> = {
  en: 'Another account',
  cs: 'Jiný účet',
};

/** @returns `undefined` for a type that there are no words for. */
export function sayAct(type: string, locale: Locale): string | undefined {
  const sentences = SENTENCES[locale];
  return Object.hasOwn(sentences, type) ? sentences[type] : undefined;
}
