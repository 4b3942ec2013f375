/**
 * What is told of sessions: who signed in and how, who was refused, and how a session ended. The target is
 * whose session it is; `detail.sid` says which.
 *
 * @module
 */
import * as v from 'valibot';
import { DEPLOYMENT } from '../../store/events/event.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { type Happened, subjectOf } from './happened.ts';

/** Of whom, and in which of the domains. */
type Of = { name: SessionName; domain: string };

/** dialect: at a product's door; page: on our own; email-code: there, too; grant: a client, by its user's agreement or by itself. */
const HOW = ['dialect', 'page', 'email-code', 'grant'] as const;
export type How = (typeof HOW)[number];
const sid = v.optional(v.string());
const client = v.optional(v.string());
export const Opened = v.strictObject({
  how: v.optional(v.picklist(HOW)),
  /** Of the session: a product's name, the grant, or `browser`. */
  kind: v.optional(v.string()),
  client,
  sid,
  scope: v.optional(v.string()),
  /** On our pages: in a browser in which that user had not signed in before, as far as is known. */
  newDevice: v.optional(v.boolean()),
});
export const sessionOpened = (
  { name, domain }: Of,
  detail: Omit<v.InferOutput<typeof Opened>, 'sid'>,
): Happened[] => [
  { type: 'session.opened', ...at(name, domain), detail: { ...detail, sid: name.key } },
];

/** must_change: it was right, and has to be another one first. wrong_old_password: of whoever is signed in, and wants another one. */
const WHY_REFUSED = [
  'unknown_user',
  'wrong_password',
  'wrong_code',
  'disabled',
  'must_change',
  'wrong_old_password',
] as const;
export const Refused = v.strictObject({
  why: v.optional(v.picklist(WHY_REFUSED)),
  how: v.optional(v.picklist(HOW)),
  client,
  /** How often it has been refused in this window for this name from this address, this one included. */
  count: v.optional(v.number()),
});
/** @param user - Who has the name; nobody, and so nobody's domain, for one that nobody has. */
export const signInRefused = (
  user: { id: string; domain: string } | undefined,
  detail: v.InferOutput<typeof Refused>,
): Happened[] => [
  {
    type: 'session.refused',
    domain: user?.domain ?? DEPLOYMENT,
    subject: user ? subjectOf(user.id) : 'nobody',
    target: user?.id ?? '',
    detail,
  },
];

export const SignedOut = v.strictObject({ client, sid });
export const sessionSignedOut = ({ name, domain }: Of, client?: string): Happened[] => [
  {
    type: 'session.signed-out',
    ...at(name, domain),
    detail: { sid: name.key, ...(client && { client }) },
  },
];

/**
 * administrator: one ended it. revoked: the client gave it up. replaced: somebody else signed in with the
 * same browser.
 */
const WHY_ENDED = ['administrator', 'revoked', 'replaced'] as const;
export const Ended = v.strictObject({ why: v.optional(v.picklist(WHY_ENDED)), client, sid });
export const sessionEnded = (
  { name, domain }: Of,
  { why, client }: { why: (typeof WHY_ENDED)[number]; client?: string },
): Happened[] => [
  {
    type: 'session.ended',
    ...at(name, domain),
    detail: { why, sid: name.key, ...(client && { client }) },
  },
];

const WHAT_REUSED = ['refresh_token', 'code'] as const;
export const Reused = v.strictObject({ what: v.optional(v.picklist(WHAT_REUSED)), client, sid });
export const sessionReused = (
  { name, domain }: Of,
  { what, client }: { what: (typeof WHAT_REUSED)[number]; client: string },
): Happened[] => [
  { type: 'session.reused', ...at(name, domain), detail: { what, client, sid: name.key } },
];

export const Consented = v.strictObject({ client, scopes: v.optional(v.array(v.string())) });
type Agreed = { client: string; scopes: readonly string[] };
type Consenting = { id: string; domain: string };
export const consentGiven = (user: Consenting, detail: Agreed): Happened[] =>
  consented('consent.given', user, detail);

/** By the user, or by whoever administers them. */
export const consentWithdrawn = (user: Consenting, detail: Agreed): Happened[] =>
  consented('consent.withdrawn', user, detail);

const consented = (
  type: 'consent.given' | 'consent.withdrawn',
  user: Consenting,
  detail: Agreed,
): Happened[] => [
  {
    type,
    domain: user.domain,
    subject: subjectOf(user.id),
    target: user.id,
    detail,
  },
];

const at = (name: SessionName, domain: string) => ({
  domain,
  subject: subjectOf(name.subject),
  target: name.subject,
});
