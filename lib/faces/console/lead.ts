/**
 * From the issuer to the console, which has an origin of its own: GET /console, /portal and /api.
 *
 * Out:    303 to it
 * Errors: 404 where the stage has none
 *
 * @module
 */
import { refuse } from '../../errors.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { redirect } from '../../http/response.ts';

/** `/api` is the portal's name in one of the products. */
const PLACES = { '/console': '/', '/portal': '/portal', '/api': '/portal' } as const;

/** @param consoleUrl - Its origin; empty for none. */
export const leadingRoutes = (consoleUrl: string): Readonly<Record<string, Endpoint>> =>
  Object.fromEntries(
    Object.entries(PLACES).map(([from, to]) => [`GET ${from}`, leadTo(consoleUrl, to)]),
  );

const leadTo = (consoleUrl: string, place: string): Endpoint => ({
  run: async () => {
    if (consoleUrl) return redirect(consoleUrl + place);
    throw refuse('not_found', 'no-such-place', 'There is nothing here.');
  },
  showError: plainError,
});
