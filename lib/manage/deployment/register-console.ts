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
import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { changesOfClient } from '../../events/kinds/client.ts';
import type { Trail } from '../../events/trail.ts';
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

/** @param trail - Of whoever has the AWS credentials. */
export const registerConsole = (
  directory: Table,
  place: ConsolePlace,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<Client> =>
  untilUncontested('the client of the console is being changed', async () => {
    const before = await readClient(directory, CONSOLE_CLIENT);
    const after = clientAt(place, before, now);
    // What is as it should be already is not written, and so not told of again.
    if (isDeepStrictEqual({ ...after, updatedAt: before?.updatedAt }, before)) return after;
    const change = { ...(before && { before }), after };
    const isSaved = await saveClient(directory, change, trail(changesOfClient(change)));
    return isSaved ? after : CONTESTED;
  });

function clientAt(
  { url, domain }: ConsolePlace,
  before: Client | undefined,
  now: EpochMilliseconds,
): Client {
  const client = newClient(
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
  if (!before) return client;
  const { generation, createdAt, disabled, switched, version } = before;
  const kept = { generation, createdAt, disabled, version };
  return { ...client, ...kept, ...(switched !== undefined && { switched }) };
}
