/**
 * OAuth clients: programs that act for themselves or for users (RFC 6749 §2).
 *
 * Item:  the subject's (subjects.ts), with { authentication, secrets: [{ hash, until? }], jwks?,
 *        jwksUri?, grants, scopes, redirectUris and the rest of its registration, createdAt,
 *        updatedAt, version, list, listSort } in the directory table; id is the client_id, username
 *        its display name. What an item does not have is at its default, which is the safe choice. Its
 *        copies are beside it, where it has a spread.
 * Index: byList (list, listSort): "client#" + domain, by client id
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, put, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { requireOneTransaction, type Spread } from '../spread/copies.ts';
import { isClientId } from './client-id.ts';
import { disabledWrites } from './disabled.ts';
import { holderWrites } from './holders.ts';
import { SecretHashItem } from './secret-hash.ts';
import { SubjectItem, SubjectSpreadItem, subjectCopies, subjectKey } from './subjects.ts';

export const GRANTS = ['client_credentials', 'authorization_code', 'refresh_token'] as const;
/** How a client proves who it is; `none` is a public one, which cannot keep a secret. */
export const AUTHENTICATIONS = ['secret', 'private_key_jwt', 'none'] as const;
/** Of ID tokens; RS256 is what every client understands (OpenID Connect Core §15.1). */
export const ID_TOKEN_ALGORITHMS = ['RS256', 'ES256'] as const;

/** Beside who and when: the claims asked for by name, or those of the scopes granted too. */
export const ID_TOKEN_CLAIMS = ['named', 'scope'] as const;

/** Of access tokens: as RFC 9068 has it, or for APIs whose validators know `JWT` alone. */
export const ACCESS_TOKEN_TYPES = ['at+jwt', 'JWT'] as const;

const strings = () => v.optional(v.array(v.string()), []);

export const ClientItem = v.object({
  ...SubjectItem.entries,
  kind: v.literal('client'),
  authentication: v.optional(v.picklist(AUTHENTICATIONS), 'secret'),
  /** The public keys of `private_key_jwt`: by value, or where to fetch them. */
  jwks: v.optional(v.object({ keys: v.array(v.record(v.string(), v.unknown())) })),
  jwksUri: v.optional(v.string()),
  /** The newest first; the one before it lives until its overlap ends. */
  secrets: v.array(SecretHashItem),
  grants: v.array(v.picklist(GRANTS)),
  /** What it may ask for (RFC 6749 §3.3), and its grants come to at most. */
  scopes: v.array(v.string()),
  /** Compared as strings, but for the port of a loopback address (RFC 8252 §7.3). */
  redirectUris: strings(),
  postLogoutRedirectUris: strings(),
  /** Always for a public client (RFC 9700 §2.1.1). */
  pkce: v.optional(v.picklist(['required', 'optional']), 'required'),
  /** `never` is for clients of the deployment's own, whose users need not be asked. */
  consent: v.optional(v.picklist(['ask', 'never']), 'ask'),
  idTokenAlgorithm: v.optional(v.picklist(ID_TOKEN_ALGORITHMS), 'RS256'),
  idTokenClaims: v.optional(v.picklist(ID_TOKEN_CLAIMS), 'named'),
  accessTokenType: v.optional(v.picklist(ACCESS_TOKEN_TYPES), 'at+jwt'),
  /** Seconds. */
  defaultMaxAge: v.optional(v.number()),
  requireAuthTime: v.optional(v.boolean(), false),
  backchannelLogoutUri: v.optional(v.string()),
  /** Shown to its users, by https (RFC 7591 §2). */
  logoUri: v.optional(v.string()),
  clientUri: v.optional(v.string()),
  policyUri: v.optional(v.string()),
  tosUri: v.optional(v.string()),
  /** Browser origins whose scripts may call the endpoints for themselves. */
  allowedOrigins: strings(),
  spread: v.optional(SubjectSpreadItem),
  createdAt: InstantItem,
  updatedAt: InstantItem,
  version: v.number(),
});
export type Client = v.InferOutput<typeof ClientItem>;

/** Of a session that it gets for itself; what its keys want is not its tokens'. */
export function sessionSpreadOf({ id, spread }: Client): Spread | undefined {
  const copies = spread?.for[id];
  return spread && copies ? { copies, since: spread.since } : undefined;
}

export const clientList = (domain: string): string => `client#${domain}`;

/**
 * @param id - As somebody sent it, so it may be anything.
 * @returns `undefined` also where a subject of another kind has that id.
 */
export async function readClient(directory: Table, id: string): Promise<Client | undefined> {
  if (!isClientId(id)) return undefined;
  const item = await get(directory, subjectKey(id));
  return item?.['kind'] === 'client' ? parseItem(ClientItem, item) : undefined;
}

/**
 * @param also - Written with it, or not at all.
 * @returns `false` when the id is taken, or another change came first.
 */
export async function saveClient(
  directory: Table,
  { before, after }: { before?: Client; after: Client },
  also: readonly Write[] = [],
): Promise<boolean> {
  const item = {
    ...subjectKey(after.id),
    ...after,
    version: (before?.version ?? 0) + 1,
    list: clientList(after.domain),
    listSort: after.id,
  };
  const when = before ? unchanged(before) : { expression: 'attribute_not_exists(pk)' };
  const copies = subjectCopies(directory, after.id, before?.spread, after);
  const others = [...copies, ...placeWrites(directory, before, after), ...also];
  if (others.length === 0) return put(directory, item, when);
  const writes = [{ table: directory, put: item, when }, ...others];
  const failed = await transact(requireOneTransaction(writes));
  return !failed.includes(true);
}

/** Where others find it: by role, and by being disabled. */
function placeWrites(directory: Table, before: Client | undefined, after: Client | undefined) {
  const [was, is] = [before, after].map(
    (one) => one && { ...one, listed: { kind: one.kind, domain: one.domain, name: one.id } },
  );
  return [...holderWrites(directory, was, is), ...disabledWrites(directory, was, is)];
}

/** The writes that put one of before into the lists, which may lack it. */
export const placesOfClient = (directory: Table, client: Client): Write[] =>
  placeWrites(directory, undefined, client);

/** Its sessions die with it; its spread goes first, as a user's (users.ts). @returns `false` when another change came first. */
export async function deleteClient(
  directory: Table,
  client: Client,
  also: readonly Write[] = [],
): Promise<boolean> {
  if (client.spread) {
    const { spread: _, ...alone } = client;
    if (!(await saveClient(directory, { before: client, after: alone }))) return false;
    return deleteClient(directory, { ...alone, version: client.version + 1 }, also);
  }
  const failed = await transact([
    { table: directory, remove: subjectKey(client.id), when: unchanged(client) },
    ...placeWrites(directory, client, undefined),
    ...also,
  ]);
  return !failed.includes(true);
}

const unchanged = ({ version }: Client) => ({
  expression: 'version = :read',
  values: { ':read': version },
});
