/**
 * Whether a browser says that a page of somebody's asks, by a script or in a frame, and no person who
 * goes there.
 *
 * A browser that says anything of it says all; programs that are none may say a part (Node's fetch).
 *
 * @module
 * @see Fetch Metadata §2.1 to §2.3 (Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site)
 */
import type { HttpRequest } from './request.ts';

export const isByPage = ({
  headers: { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
}: Pick<HttpRequest, 'headers'>): boolean =>
  site !== undefined && (mode !== 'navigate' || dest !== 'document');
