/**
 * Cursors: where a page ended, sealed so that only the caller who got it can go on, in the same list
 * and with the same filters.
 *
 *   1.<base64url of the position as JSON>.<base64url of the HMAC>
 *
 * Errors: `invalid_request` for a cursor that is not ours, not the caller's, or of another list.
 *
 * @module
 */
import { equalInConstantTime, hmacSha256 } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import type { HttpRequest } from '../../http/request.ts';

export type Cursors = {
  seal: (position: unknown) => Promise<string>;
  /** @returns `undefined` for the first page. */
  open: <T>() => Promise<T | undefined>;
};

const CURSOR = /^1\.([A-Za-z0-9_-]{1,4096})\.([A-Za-z0-9_-]{43})$/;

/** @param subject - The caller's id. */
export function cursorsOf(
  key: () => Promise<string>,
  { path, query }: Pick<HttpRequest, 'path' | 'query'>,
  subject: string,
): Cursors {
  const place = placeOf(path, query);
  const sealOf = async (text: string) =>
    hmacSha256(await key(), JSON.stringify([subject, place, text]));
  return {
    seal: async (position) => {
      const text = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `1.${text}.${(await sealOf(text)).toString('base64url')}`;
    },
    open: async <T>() => {
      const sent = query.get('cursor');
      if (sent === null) return undefined;
      const [, text = '', seal = ''] = CURSOR.exec(sent) ?? [];
      if (!text || !equalInConstantTime(await sealOf(text), Buffer.from(seal, 'base64url')))
        throw refuseField('cursor', 'cursor-foreign', 'is not valid here');
      return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as T;
    },
  };
}

/** The page's size may change on the way, nothing else. */
function placeOf(path: string, query: URLSearchParams): string {
  const filters = [...query].filter(([name]) => name !== 'cursor' && name !== 'limit').sort();
  return JSON.stringify([path, filters]);
}
