/**
 * What is told of OAuth clients: their registration. Never a secret or its hash; `jwks` are public keys.
 *
 * @module
 */
import * as v from 'valibot';
import { BrandItem } from '../../store/directory/brands.ts';
import { type Client, ClientItem } from '../../store/directory/clients.ts';
import { type Change, changesOf, type Kind } from './change.ts';
import type { Happened } from './happened.ts';

export const ShownClient = v.strictObject({
  brand: v.optional(BrandItem),
  ...v.partial(
    v.pick(ClientItem, [
      'id',
      'username',
      'roles',
      'domain',
      'domains',
      'disabled',
      'authentication',
      'jwks',
      'jwksUri',
      'grants',
      'scopes',
      'redirectUris',
      'postLogoutRedirectUris',
      'pkce',
      'consent',
      'idTokenAlgorithm',
      'idTokenClaims',
      'accessTokenType',
      'defaultMaxAge',
      'requireAuthTime',
      'backchannelLogoutUri',
      'allowedOrigins',
      'logoUri',
      'clientUri',
      'policyUri',
      'tosUri',
    ]),
  ).entries,
});

const CLIENT: Kind<Client> = {
  noun: 'client',
  shown: ShownClient,
  place: ({ id, domain }) => ({ domain, subject: `client/${id}`, target: id }),
  switched: { off: 'client.disabled', on: 'client.enabled' },
  secrets: { type: 'client.secret-changed', members: { secrets: 'secret' } },
};

export const changesOfClient = (change: Change<Client>): Happened[] => changesOf(CLIENT, change);

/** All that the client was given has ended. */
export const clientSignedOut = ({ id, domain }: Pick<Client, 'id' | 'domain'>): Happened[] => [
  { type: 'client.signed-out', domain, subject: `client/${id}`, target: id },
];
