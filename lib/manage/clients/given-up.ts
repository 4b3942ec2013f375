/**
 * Whether a change takes something from a client that must not come back with it: its generation is raised
 * then, in the same write, and all that it was given ends.
 *
 *   a way, a key     by which the client could prove who it is
 *   a domain         whose users it admitted
 *   a grant          by which it could get tokens, or new ones
 *
 * NOT among them: scopes and roles. They are judged at every call, so they suspend.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../store/directory/clients.ts';
import { EVERY_DOMAIN } from '../../verdict/admitted.ts';

export const givesUp = (before: Client, after: Client): boolean =>
  givesUpProof(before, after) ||
  givesUpDomain(before, after) ||
  before.grants.some((grant) => !after.grants.includes(grant));

function givesUpProof(before: Client, after: Client): boolean {
  const { authentication, jwksUri, jwks } = before;
  if (authentication !== after.authentication || jwksUri !== after.jwksUri) return true;
  const kept = after.jwks?.keys ?? [];
  const isKept = (key: object) => kept.some((other) => isDeepStrictEqual(other, key));
  return !(jwks?.keys ?? []).every(isKept);
}

function givesUpDomain(before: Client, after: Client): boolean {
  const kept = domainsOf(after);
  return !kept.includes(EVERY_DOMAIN) && domainsOf(before).some((name) => !kept.includes(name));
}

const domainsOf = ({ domain, domains = [domain] }: Client): readonly string[] => domains;
