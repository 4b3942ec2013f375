/**
 * A file that a build has compressed, handed out in the encoding that the caller takes.
 *
 * Out: 200, or 304 where If-None-Match names the content
 *
 * @module
 * @see RFC 9110 §8.8.3.3 (a tag an encoding), §12.5.3
 */
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../crypto.ts';
import { type ContentCoding, contentCoding } from './content-coding.ts';
import { isKnown } from './if-none-match.ts';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './response.ts';

/** Each encoding as the base64 in which a function hands it out. */
export type CompressedFile = { type: string; br: string; gzip: string };

/** @param headers - Beside those of the content. */
export function answerFile(
  request: Pick<HttpRequest, 'headers'>,
  file: CompressedFile,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
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

const inCoding = (file: CompressedFile, coding: ContentCoding): string =>
  coding === 'identity' ? plainOf(file).toString('base64') : file[coding];

export const plainOf = ({ gzip }: CompressedFile): Buffer =>
  gunzipSync(Buffer.from(gzip, 'base64'));
