/**
 * What the authorizer decided of one call, by way of the admin API, as whoever is signed in: of the own domain,
 * without AWS credentials.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { type Item, record } from '../api/table.ts';
import { spanOption } from '../logs/asked.ts';
import type { Output } from './command.ts';
import { Misuse, notFound } from './failure.ts';

const HOUR = 3600;
/** Hours. */
const MOST = 24;

/** @param since - As in `--since`; the last hour, unless it is said. */
export async function whySignedIn(id: string, since = '1h'): Promise<Output> {
  const hours = Math.ceil(spanOption(since) / HOUR);
  if (hours > MOST) throw new Misuse(`--since must be ${MOST}h at most with --signed-in`);
  const api = adminApi({ url: undefined, local: false });
  const { body } = await api.get(['audit', 'decisions'], { request: id, hours: String(hours) });
  const items = body['items'] as Item[];
  if (items.length === 0)
    throw notFound(
      `no line of this call in the last ${hours} h: it was allowed and not sampled, or is older, or of ` +
        'a domain that you do not see; a line takes a minute to be found',
    );
  return { json: items, text: items.map(record).join('\n\n') };
}
