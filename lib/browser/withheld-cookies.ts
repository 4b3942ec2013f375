/**
 * Whether the browser has kept its cookies back because another site's form sent it here, so that
 * nobody would be recognised. The same request as a GET has them (SameSite=Lax).
 *
 * @module
 * @see RFC 6265bis §5.6.7.1 (Lax), Fetch Metadata §2.2 (Sec-Fetch-Site)
 */
import type { HttpRequest } from '../http/request.ts';

/** Longer than that API Gateway takes no request line, with the headers that come beside it. */
const MAX_URL = 6000;

export const fitsRequestLine = (url: string): boolean => url.length <= MAX_URL;

export const withholdsCookies = ({ method, headers }: HttpRequest, asGet: string): boolean =>
  method === 'POST' && headers['sec-fetch-site'] === 'cross-site' && fitsRequestLine(asGet);
