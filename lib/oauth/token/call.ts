/**
 * One call of the token endpoint, as its grants get it.
 *
 * @module
 */
import { AuthError, type Fixed, refuse } from '../../errors.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { Client, GRANTS } from '../../store/directory/clients.ts';
import type { PresentedClient } from '../clients/proof.ts';

/** What a call may be: the values of grant_type. */
export { GRANTS } from '../../store/directory/clients.ts';

export type TokenCall = {
  request: HttpRequest;
  parameters: ReadonlyMap<string, string>;
  /** Not proven yet. */
  presented: PresentedClient;
};

/** @see RFC 6749 §5.2 (unauthorized_client) */
export function requireGrantType({ grants }: Client, grant: (typeof GRANTS)[number]): void {
  if (!grants.includes(grant))
    throw refuse(
      'unauthorized_client',
      'grant-type-not-allowed',
      'The client may not use this grant_type.',
    );
}

export function required<Name extends string>(
  parameters: ReadonlyMap<string, string>,
  name: Name & Fixed<Name>,
): string {
  const value = parameters.get(name);
  if (value !== undefined) return value;
  const text = `The ${name} is missing.`;
  throw new AuthError({ code: 'invalid_request', rule: 'parameter-missing', text, reason: text });
}
