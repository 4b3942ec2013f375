/**
 * One call of the token endpoint, as its grants get it.
 *
 * @module
 */
import { AuthError } from '../errors.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Client, GRANTS } from '../store/clients.ts';
import type { PresentedClient } from './client-proof.ts';

export type TokenCall = {
  request: HttpRequest;
  parameters: ReadonlyMap<string, string>;
  /** Not proven yet. */
  presented: PresentedClient;
};

/** @see RFC 6749 §5.2 (unauthorized_client) */
export function requireGrantType({ grants }: Client, grant: (typeof GRANTS)[number]): void {
  if (!grants.includes(grant))
    throw new AuthError('unauthorized_client', 'The client may not use this grant_type.');
}

export function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new AuthError('invalid_request', `The ${name} is missing.`);
  return value;
}
