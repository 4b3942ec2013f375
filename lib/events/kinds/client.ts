/**
 * What is told of OAuth clients: their registration. Never a secret or its hash; `jwks` are public keys.
 *
 * @module
 */
import * as v from 'valibot';
import { BrandItem } from '../../store/directory/brands.ts';
import { type Client, ClientItem, sessionSpreadOf } from '../../store/directory/clients.ts';
import { type Change, changesOf, type Kind } from './change.ts';
import type { Happened } from './happened.ts';

export const ShownClient = v.strictObject({
  /** How many copies (store/spread). */
  spread: v.optional(v.number()),
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

type Told = Omit<Client, 'spread'> & { spread: number | undefined };

const CLIENT: Kind<Told> = {
  noun: 'client',
  shown: ShownClient,
  place: ({ id, domain }) => ({ domain, subject: `client/${id}`, target: id }),
  switched: { off: 'client.disabled', on: 'client.enabled' },
  secrets: { type: 'client.secret-changed', members: { secrets: 'secret' } },
};

export const changesOfClient = ({ before, after }: Change<Client>): Happened[] =>
  changesOf(CLIENT, { before: before && told(before), after: after && told(after) });

const told = (client: Client): Told => ({
  ...client,
  spread: sessionSpreadOf(client)?.copies,
});

/** All that the client was given has ended. */
export const clientSignedOut = ({ id, domain }: Pick<Client, 'id' | 'domain'>): Happened[] => [
  { type: 'client.signed-out', domain, subject: `client/${id}`, target: id },
];
