/**
 * Who asks, as far as a browser says it: a page of somebody's, by a script or in a frame; or a person who
 * goes there.
 *
 * A browser that says anything of it says all; programs that are none may say a part (Node's fetch).
 *
 * @module
 * @see Fetch Metadata §2.1 to §2.3 (Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site)
 */
import { credentialOf } from './credential.ts';
import type { HttpRequest } from './request.ts';

export const isByPage = ({
  headers: { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
}: Pick<HttpRequest, 'headers'>): boolean =>
  site !== undefined && (mode !== 'navigate' || dest !== 'document');

/** That a person goes to an address in a browser, which has no credential of ours to show there. */
export const isNavigation = (request: Pick<HttpRequest, 'headers' | 'method'>): boolean =>
  request.method === 'GET' &&
  /(^|[,\s])text\/html\b/i.test(request.headers['accept'] ?? '') &&
  !isByPage(request) &&
  credentialOf(request.headers).status === 'missing';

/** A page of another origin, of a neighbour's too, has sent the browser here. */
export const isFromElsewhere = ({ headers }: Pick<HttpRequest, 'headers'>): boolean =>
  !['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);
