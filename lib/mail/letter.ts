/**
 * What a mail is to say, before it is said in somebody's language: what an order comes to, once it is known
 * whom it is for.
 *
 * Units: epoch seconds; lifetimes are seconds.
 *
 * @module
 */
import type { LinkPurpose } from '../account/mail-order.ts';
import type { Table } from '../aws/table.ts';
import type { Tables } from '../aws/tables.ts';
import type { Notice } from '../events/notices.ts';
import type { Brand as Stored } from '../store/directory/brands.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Instant, Seconds } from '../time.ts';

export const MAIL_LOCALES = ['en', 'cs'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** As the product calls itself, to whoever gets the mail. `logo`: an https URL. */
export type Brand = Pick<Stored, 'name'> & Partial<Stored>;
export const DEFAULT_BRAND: Brand = { name: 'Latchkey' };

/** `url`: whole, with its secret. */
type Linked = { about: Exclude<LinkPurpose, 'email-code'>; url: string; lifetime: Seconds };
type Coded = { about: 'email-code'; code: string; lifetime: Seconds };
/** Somebody wants to sign up with an address that has an account. */
type Known = { about: 'sign-up-known'; url: string };
/** `url`: where to do something about it. `what`: a key's name. */
type Noticed = {
  about: Notice;
  at: Instant;
  ip?: string | undefined;
  what?: string | undefined;
  url: string;
};
export type Content = Linked | Coded | Known | Noticed;
export type About = Content['about'];

export type Letter = {
  /** As it is sent to (mail-address.ts). */
  to: string;
  locale: MailLocale;
  /** As whom they sign in; nobody yet for a sign-up. */
  account?: string | undefined;
  brand: Brand;
  content: Content;
};

/** Why an order comes to no mail. For the log: nobody who asked is told. */
export type Unsent =
  | 'no-account'
  | 'no-address'
  | 'disabled'
  | 'no-domain'
  | 'not-allowed'
  | 'no-event'
  | 'too-old'
  /** Whoever ordered it was signed out meanwhile, or what it was for is done. */
  | 'superseded'
  | 'undeliverable'
  | 'capped';

/** What it takes to write one. */
export type WriteServices = {
  tables: Tables;
  events: Table;
  issuer: string;
  /** Of a client, else of the domain; `domain`: undefined where it is gone. */
  brandOf: (domain: Domain | undefined, client?: string) => Promise<Brand>;
  /** Whether the address may get one more; asked before anything is made for it. */
  admit: (to: string, about: About) => Promise<Unsent | undefined>;
};

/** @param tag - A language as a profile has it (BCP 47). */
export const spokenBy = (tag: string | undefined): MailLocale | undefined =>
  MAIL_LOCALES.find((locale) => new RegExp(`^${locale}\\b`, 'i').test(tag ?? ''));
