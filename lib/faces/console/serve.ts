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
 * @see RFC 9111 §5.2, RFC 8246 (immutable), RFC 9110 §8.8.3.3 (a tag an encoding)
 */
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { sha256 } from '../../crypto.ts';
import { refuse } from '../../errors.ts';
import { type ContentCoding, contentCoding } from '../../http/content-coding.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { isKnown } from '../../http/if-none-match.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { CONSOLE_CLIENT, CONSOLE_SCOPES } from '../../manage/clients/own-client.ts';
import { type File, type Files, HASHED, INDEX } from './files.ts';
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
    return answer(request, file, {
      ...headers,
      'cache-control': isHashed ? FOR_GOOD : ASKED_AGAIN,
    });
  };
  const endpoint = { run, showError: plainError };
  return { 'GET /': endpoint, 'GET /{path+}': endpoint };
}

function answer(request: HttpRequest, file: File, headers: Record<string, string>): HttpResponse {
  const coding = contentCoding(request);
  const etag = `"${sha256(file.gzip).toString('base64url').slice(0, 22)}-${coding}"`;
  const kept = { ...headers, etag, vary: 'Accept-Encoding' };
  if (isKnown(request, etag)) return { statusCode: 304, headers: kept, body: '' };
  return {
    statusCode: 200,
    headers: {
      ...kept,
      'content-type': file.type,
      ...(coding !== 'identity' && { 'content-encoding': coding }),
    },
    body: inCoding(file, coding),
    isBase64Encoded: true,
  };
}

const inCoding = (file: File, coding: ContentCoding): string =>
  coding === 'identity' ? plain(file).toString('base64') : file[coding];

const plain = ({ gzip }: File): Buffer => gunzipSync(Buffer.from(gzip, 'base64'));

const PLACE = '__SETTINGS__';

/** @returns The index of this deployment. */
function told(index: File, { issuer, stage, stageColour }: ConsoleServices): File {
  const client = { id: CONSOLE_CLIENT, scope: CONSOLE_SCOPES.join(' ') };
  const settings = JSON.stringify({ issuer, stage, colour: stageColour, client });
  const text = plain(index)
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
