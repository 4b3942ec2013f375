/**
 * The administration console as files: `GET /` and whatever is below it.
 *
 *   /assets/…   names with a hash of the content: kept for good; 404 for one that is not there
 *   the rest    the index, whose script shows the page of the address; asked for again each time
 *
 * The index is told of the service in a `meta` element, as JSON, so that its policy needs no inline script.
 *
 * Out:    200 in the encoding that the caller takes, or 304 where If-None-Match names the content
 * Errors: 404 as plain JSON
 *
 * @module
 * @see RFC 9111 §5.2, RFC 8246 (immutable)
 */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { refuse } from '../../errors.ts';
import { answerFile, type CompressedFile, plainOf } from '../../http/compressed-file.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { CONSOLE_CLIENT, CONSOLE_SCOPES } from '../../manage/clients/own-client.ts';
import { type Files, HASHED, INDEX } from './files.ts';
import { consoleHeaders } from './policy.ts';

export type ConsoleServices = { issuer: string; stage: string; stageColour: string };

const FOR_GOOD = 'public, max-age=31536000, immutable';
const ASKED_AGAIN = 'no-cache';

export function consoleRoutes(
  files: Files,
  services: ConsoleServices,
): Readonly<Record<string, Endpoint>> {
  const index = files[INDEX] && told(files[INDEX], services);
  const headers = consoleHeaders(services.issuer);
  const run = async (request: HttpRequest): Promise<HttpResponse> => {
    const isHashed = request.path.startsWith(HASHED);
    const own = Object.hasOwn(files, request.path) ? files[request.path] : undefined;
    const file = isHashed ? own : index;
    if (!file) throw refuse('not_found', 'no-such-place', 'There is nothing here.');
    return answerFile(request, file, {
      ...headers,
      'cache-control': isHashed ? FOR_GOOD : ASKED_AGAIN,
    });
  };
  const endpoint = { run, showError: plainError };
  return { 'GET /': endpoint, 'GET /{path+}': endpoint };
}

const PLACE = '__SETTINGS__';

/** @returns The index of this deployment. */
function told(
  index: CompressedFile,
  { issuer, stage, stageColour }: ConsoleServices,
): CompressedFile {
  const client = { id: CONSOLE_CLIENT, scope: CONSOLE_SCOPES.join(' ') };
  const settings = JSON.stringify({ issuer, stage, colour: stageColour, client });
  const text = plainOf(index)
    .toString()
    .replace(PLACE, () => escaped(settings));
  return {
    ...index,
    br: brotliCompressSync(text).toString('base64'),
    gzip: gzipSync(text).toString('base64'),
  };
}

/** For an attribute between double quotes. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
