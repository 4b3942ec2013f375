/**
 * A function's result in payload format 2.0 as the answer to the client.
 *
 * A result without `statusCode` is the body of a 200. One with it has to fit the format, or the
 * answer is a 500.
 *
 * @module
 */
import * as v from 'valibot';
import { completed, type Header, headersOf, PROXY_RESULT } from './proxy-result.ts';
import { type Answer, message } from './server.ts';

const Result = v.object({ ...PROXY_RESULT, cookies: v.nullish(v.array(v.string()), []) });

export const failed = (): Answer => message(500, 'Internal Server Error');

export function httpAnswer(result: unknown): Answer {
  const isObject = typeof result === 'object' && result !== null;
  if (!isObject || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: [['content-type', 'application/json']], body };
  }
  const parsed = v.safeParse(Result, result);
  if (!parsed.success) return failed();
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.output;
  const own = headersOf(headers).map(([name, value]): Header => [name.toLowerCase(), value]);
  const set = cookies.map((cookie): Header => ['set-cookie', cookie]);
  return {
    status: statusCode,
    headers: [...completed(own, ['content-type', 'text/plain;charset=UTF-8']), ...set],
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
