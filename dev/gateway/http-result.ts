/**
 * A function's result in payload format 2.0 as the answer to the client.
 *
 * A result without `statusCode` is the body of a 200. One with it has to fit the format, or the
 * answer is a 500.
 *
 * @module
 */
import * as v from 'valibot';
import { type Answer, message } from './server.ts';

const Scalar = v.union([v.string(), v.number(), v.boolean()]);
const Result = v.object({
  statusCode: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
    v.integer(),
    v.minValue(200),
    v.maxValue(599),
  ),
  headers: v.nullish(v.record(v.string(), Scalar), {}),
  cookies: v.nullish(v.array(v.string()), []),
  body: v.nullish(v.string(), ''),
  isBase64Encoded: v.nullish(v.boolean(), false),
});

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
  const own = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ]);
  const typed = own.some(([name]) => name === 'content-type');
  return {
    status: statusCode,
    headers: [
      ...own.filter(([name]) => name !== 'content-length'),
      ...(typed ? [] : [['content-type', 'text/plain;charset=UTF-8'] as [string, string]]),
      ...cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
    ],
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
