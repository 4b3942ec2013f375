/**
 * Registers the console as a client of its own deployment: public, with PKCE, for users of every domain.
 *
 * It asks nobody, since whoever deploys the one deploys the other; users of other domains than that of the
 * first administrator are asked once. May be run again, after the console got another URL: sessions that
 * there are go on.
 *
 * Units:  now is epoch milliseconds.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { type Client, readClient, saveClient } from '../../store/directory/clients.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { CONSOLE_CLIENT, CONSOLE_SCOPES } from '../clients/own-client.ts';
import { newClient } from '../clients/register.ts';

export type ConsolePlace = {
  /** Its origin. */
  url: string;
  /** Of the first administrator; that of a client which is there already stays. */
  domain: string;
};

export async function registerConsole(
  directory: Table,
  { url, domain }: ConsolePlace,
  now: EpochMilliseconds,
): Promise<Client> {
  const before = await readClient(directory, CONSOLE_CLIENT);
  const after = newClient(
    {
      id: CONSOLE_CLIENT,
      name: 'Latchkey console',
      domain: before?.domain ?? domain,
      domains: ['*'],
      roles: [],
      scopes: [...CONSOLE_SCOPES],
      authentication: 'none',
      grants: ['authorization_code'],
      consent: 'never',
      redirectUris: [`${url}/signed-in`],
      postLogoutRedirectUris: [`${url}/signed-out`],
      allowedOrigins: [url],
    },
    undefined,
    now,
  );
  const kept = before && {
    generation: before.generation,
    createdAt: before.createdAt,
    disabled: before.disabled,
  };
  const client = { ...after, ...kept };
  await saveClient(directory, { ...(before && { before }), after: client });
  return client;
}
