/**
 * The origins whose pages may read the answer to a request: those that the client it names has
 * registered.
 *
 * The client is taken at its word here, before anything is verified: the origin decides only who may
 * read an answer, and somebody else's page learns nothing from a refusal. Whoever holds a client's
 * secret or a token needs no browser to use it.
 *
 * A request that names no client ends in a refusal that holds nothing of any: every page may read it, so that
 * one whose token is gone can tell it from a network that is down.
 *
 * Errors: the store's, before anything is spent.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { credentialOf } from '../../http/credential.ts';
import { type HttpRequest, mediaType } from '../../http/request.ts';
import { readClient } from '../../store/directory/clients.ts';

const ANY = ['*'];

export const clientOrigins =
  (directory: Table) =>
  async (request: HttpRequest): Promise<readonly string[]> => {
    const id = namedClient(request);
    if (id === undefined) return ANY;
    return (await readClient(directory, id))?.allowedOrigins ?? [];
  };

function namedClient(request: HttpRequest): string | undefined {
  const sent = new URLSearchParams(
    mediaType(request) === 'application/x-www-form-urlencoded' ? request.body : '',
  );
  const token = bearerOf(request) ?? sent.get('access_token') ?? undefined;
  return (
    basicOf(request.headers['authorization']) ??
    sent.get('client_id') ??
    memberOf(sent.get('client_assertion') ?? undefined, 'sub') ??
    memberOf(token, 'client_id')
  );
}

function bearerOf({ headers }: HttpRequest): string | undefined {
  const credential = credentialOf(headers);
  return credential.status === 'presented' ? credential.token : undefined;
}

function basicOf(authorization = ''): string | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(authorization) ?? [];
  return encoded && Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
}

/** A member of a signed token's payload, not verified. */
function memberOf(token: string | undefined, name: string): string | undefined {
  try {
    const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
    const value = (JSON.parse(payload) as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
