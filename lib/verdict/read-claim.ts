/**
 * What is read for a claim, by what is proven of it: all at once, or nothing that it chooses.
 *
 * Of a key whose secret has yet to be compared neither the roles that its text names nor anything that
 * others share is read: whoever invents one would make us read at will. Where the secret matched, the
 * instance remembers the key, and reads all at once the next time. Nothing is believed for that: all is read
 * anew and the secret compared anew.
 *
 * @module
 */

import { sha256 } from '../crypto.ts';
import type { Hints } from '../store/reads/verdict.ts';
import type { SessionName } from '../store/sessions/sessions.ts';

/** In place of a secret: for who only explains what a key might do, and holds none. */
export const PROVEN = Symbol('no secret to compare');
/** What is proven to be presented: which session, what to read for it, and a secret if it has one. */
export type Claim = {
  name: SessionName;
  hints: Hints;
  secret?: string | typeof PROVEN | undefined;
  /** Of a token, where it may be narrower than its session; never wider. */
  scope?: string | undefined;
};

/** Then it starts anew, at the price of a request more a key. Less than half a megabyte. */
const MOST = 5000;

/** Digests of whole keys: another id before the same secret is another key. */
const proven = new Set<string>();

/** For one whose secret has just matched. */
export function noteProven(claim: Claim): void {
  if (proven.size >= MOST) proven.clear();
  proven.add(digestOf(claim));
}

/** A signature proves all that a token says. */
export const isProven = (claim: Claim): boolean =>
  typeof claim.secret !== 'string' || proven.has(digestOf(claim));

const digestOf = ({ name, hints, secret }: Claim): string =>
  sha256(JSON.stringify([name.subject, name.key, hints.domain, hints.roles, secret])).toString(
    'base64url',
  );
