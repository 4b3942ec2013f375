/**
 * What a user has to be asked before a client gets it, and whether they have agreed to it before.
 *
 * Power that was agreed to covers less of it. What was agreed to before power was asked for by name
 * stands as `*` among the words, and says nothing any more, but where a deployment gives clients time.
 *
 * What was agreed to holds for the client as it was then. Whoever could change to where codes go, or
 * how the client proves who it is, could take over what its users agreed to.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.4 (consent), RFC 9700 §4.16 (a client must not get more in silence)
 */

import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import type { SignedInBrowser } from '../../browser/recognise.ts';
import { randomKey, sha256 } from '../../crypto.ts';
import { consentGiven } from '../../events/kinds/session.ts';
import { type CalledFrom, type TrailServices, trailOf, whoSignsIn } from '../../events/trail.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Subject } from '../../store/directory/subjects.ts';
import { type Consent, readConsent, saveConsent } from '../../store/sessions/consents.ts';
import { after, type Instant, isOver, seconds } from '../../time.ts';
import { covers, namesPower } from '../../verdict/power.ts';
import { isImplied } from '../../verdict/still-registered.ts';
import type { AuthorizationRequest } from '../request/read.ts';
import { SCOPE_CLAIMS } from '../scopes/of-user.ts';
import type { AuthorizeServices, Pending } from './begin.ts';

/** What a client gets whose registration names no power, where such clients are given time: all of it. */
const IMPLIED = '*';
/** A year. */
const LIFETIME = seconds(31_536_000);

type Asked = Pick<AuthorizationRequest, 'client' | 'scope' | 'claims'>;

/** Claims asked for by name count as the scope that they belong to. */
export function scopesToConsent({ client, scope, claims }: Asked, impliedAccess = false): string[] {
  const named = [...(claims?.idToken ?? []), ...(claims?.userinfo ?? [])];
  const implied = Object.entries(SCOPE_CLAIMS)
    .filter(([, ofScope]) => ofScope.some((claim) => named.includes(claim)))
    .map(([word]) => word);
  const words = [...new Set([...scope, ...implied])];
  const ceiling = { ...client, impliedAccess };
  return isImplied(ceiling) && !words.some(namesPower) ? [...words, IMPLIED] : words;
}

/** A client of another domain always asks: its own administrators have no say over these users. */
export const mayAskNobody = (client: Client, user: Subject): boolean =>
  client.consent === 'never' && client.domain === user.domain;

/**
 * Who the client is: this registration of its id, where codes go, how it proves itself, and whose
 * scripts may speak for it. What only informs it (logouts), names it or limits it is not of it.
 */
function identityOf(client: Client): string {
  const { createdAt, redirectUris, authentication, secrets, jwks, jwksUri, allowedOrigins } =
    client;
  // DynamoDB keeps no order of an object's members.
  const keys = jwks?.keys.map((key) => Object.entries(key).sort());
  const proof = { authentication, secret: secrets[0]?.hash, keys, jwksUri };
  const all = [createdAt, redirectUris, allowedOrigins, proof];
  return sha256(JSON.stringify(all)).toString('base64url');
}

export function isRemembered(
  asked: readonly string[],
  client: Client,
  consent: Consent | undefined,
  now: Instant,
): boolean {
  if (!consent || isOver(consent.expiresAt, now)) return false;
  if (consent.identity !== identityOf(client)) return false;
  const { scopes } = consent;
  return asked.every((word) => scopes.includes(word) || (namesPower(word) && covers(scopes, word)));
}

/** For a user who has just signed in; of one who was recognised it has been read already. */
export async function consentTo(
  { tables, now }: AuthorizeServices,
  client: Client,
  { user }: SignedInBrowser,
): Promise<Consent | undefined> {
  if (mayAskNobody(client, user)) return undefined;
  return readConsent(tables.sessions, { subject: user.id, client: client.id }, now());
}

/**
 * What was agreed to before stays agreed to, unless it is withdrawn meanwhile. Nobody agrees who is not
 * signed in any more.
 */
export async function rememberConsent(
  { tables, now, trail }: AuthorizeServices & { trail: TrailServices },
  { asked, browser, consent }: Pending,
  origin: CalledFrom,
): Promise<Consent | undefined> {
  if (!browser) return undefined;
  const { user, name } = browser;
  const client = asked.client.id;
  const subject = user.id;
  const who = whoSignsIn(user, { key: name.key, client: browser.session.client });
  const words = scopesToConsent(asked, tables.impliedAccess);
  let before = consent;
  return untilUncontested('an agreement was changed', async () => {
    const agreed = agreement({ client: asked.client, before, words }, now());
    const told = consentGiven(user, { client, scopes: agreed.after.scopes });
    const events = trailOf(trail, who, origin)(told);
    if (await saveConsent(tables.sessions, { subject, client }, agreed, events))
      return agreed.after;
    before = await readConsent(tables.sessions, { subject, client }, now());
    return CONTESTED;
  });
}

type Agreeing = { client: Client; before: Consent | undefined; words: readonly string[] };

function agreement(
  { client, before: read, words }: Agreeing,
  at: Instant,
): { before: Consent | undefined; after: Consent } {
  const before = read && !isOver(read.expiresAt, at) ? read : undefined;
  const kept = isRemembered([], client, before, at) ? before : undefined;
  const given = {
    scopes: [...new Set([...(kept?.scopes ?? []), ...words])],
    identity: identityOf(client),
    agreement: kept?.agreement ?? randomKey(),
    grantedAt: at,
    expiresAt: after(at, LIFETIME),
  };
  return { before, after: given };
}
