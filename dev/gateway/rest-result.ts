/**
 * A function's result, as a REST API's proxy integration wants it, as the answer to the client.
 *
 * @module
 */
import * as v from 'valibot';
import { completed, type Header, headersOf, PROXY_RESULT, Scalar } from './proxy-result.ts';
import type { Answer } from './server.ts';

const Result = v.object({
  ...PROXY_RESULT,
  multiValueHeaders: v.nullish(v.record(v.string(), v.array(Scalar)), {}),
});

/** @returns Undefined when the function's result is not of the proxy format. */
export function restAnswer(result: unknown): Answer | undefined {
  const parsed = v.safeParse(Result, result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body } = parsed.output;
  const single = headersOf(headers).filter(([name]) => !(name in multiValueHeaders));
  const multiple = Object.entries(multiValueHeaders).flatMap(([name, values]) =>
    values.map((value): Header => [name, String(value)]),
  );
  return {
    status: statusCode,
    headers: completed([...single, ...multiple], ['Content-Type', 'application/json']),
    // Base64 is decoded for the media types that the API calls binary, and it has none here.
    body,
  };
}
