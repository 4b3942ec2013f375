/**
 * The answer to a call that no route takes.
 *
 *   405   there is such a path, for other methods: `Allow` names them
 *   308   there is, in lower case or without the slash at its end: the same call again, there
 *   404   all else
 *
 * Paths are compared as they are (RFC 3986 §6.2.2.1); a client that spells one otherwise is told how it
 * is spelt, and most follow. `Location` is made of our own routes, so that it never leads away.
 *
 * @module
 * @see RFC 9110 §15.5.6 (405 and `Allow`), §15.4.9 (308 keeps method and content), §9.1 (HEAD with GET)
 */
import { AuthError } from '../errors.ts';
import { methodNotAllowed } from './allow.ts';
import { type Endpoint, plainError } from './endpoint.ts';
import type { HttpRequest } from './request.ts';
import { type HttpResponse, movedTo } from './response.ts';

const SHOWN = { showError: plainError };

type Place = { segments: readonly string[]; methods: readonly string[] };

/**
 * @param routes - As in serverless.yml.
 * @param issuer - What stands in front of our paths, as far as an event does not say it.
 */
export function elsewhere(routes: readonly string[], issuer: string): Endpoint {
  const places = placesOf(routes);
  const base = new URL(issuer).pathname.replace(/\/$/, '');
  return { run: async (request) => answerTo(request, places), ...SHOWN, base };
}

function placesOf(routes: readonly string[]): Place[] {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const [method = '', path] = route.split(' ');
    // A preflight is one of any path.
    if (path === undefined || method === 'OPTIONS') continue;
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  return [...methods].map(([path, those]) => ({ segments: path.split('/'), methods: those }));
}

function answerTo({ path, prefix, query }: HttpRequest, places: readonly Place[]): HttpResponse {
  for (const place of places)
    if (spelt(place, path) === path) return methodNotAllowed(place.methods, SHOWN);
  const trimmed = path.replace(/\/$/, '');
  const [found] = places.map((place) => spelt(place, trimmed)).filter((one) => one !== undefined);
  // The root has one spelling: two slashes are where some readers see a host.
  if (found === undefined || found === '/') throw nothingHere();
  return movedTo(`${prefix}${found}`, query);
}

/** What may stand in the place of a `{name}` in a `Location`; no id of ours has anything else. */
const NAME = /^[\w.~@:+-]+$/;
/** And of a `{name+}`. */
const NAMES = /^[\w.~@:+-]+(\/[\w.~@:+-]+)*$/;

/** @returns The path as the place spells it, where it differs in nothing but the case of our words. */
function spelt({ segments }: Place, path: string): string | undefined {
  const sent = path.split('/');
  const isGreedy = segments.at(-1)?.endsWith('+}') ?? false;
  const rest = isGreedy ? [sent.splice(segments.length - 1).join('/')] : [];
  const all = [...sent, ...rest];
  if (all.length !== segments.length) return undefined;
  const spelling = segments.map((segment, index) => {
    const one = all[index] ?? '';
    if (segment.endsWith('+}')) return NAMES.test(one) ? one : undefined;
    if (segment.startsWith('{')) return NAME.test(one) ? one : undefined;
    return one.toLowerCase() === segment.toLowerCase() ? segment : undefined;
  });
  return spelling.includes(undefined) ? undefined : spelling.join('/');
}

const nothingHere = () =>
  new AuthError({
    code: 'not_found',
    rule: 'no-such-place',
    text: 'There is nothing here.',
    reason: 'no route',
  });
