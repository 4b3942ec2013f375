/**
 * What the results of all proxy integrations share: a status, headers and a body.
 *
 * @module
 */
import * as v from 'valibot';

export const Scalar = v.union([v.string(), v.number(), v.boolean()]);
export type Header = [name: string, value: string];

const StatusCode = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
  v.integer(),
  v.minValue(200),
  v.maxValue(599),
);

/** To be spread into the schema of one payload format. */
export const PROXY_RESULT = {
  statusCode: StatusCode,
  headers: v.nullish(v.record(v.string(), Scalar), {}),
  body: v.nullish(v.string(), ''),
  isBase64Encoded: v.nullish(v.boolean(), false),
};

/** As the gateway sends them: the length is its own, and a type is added where there is none. */
export function completed(headers: Header[], defaultType: Header): Header[] {
  const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const typed = kept.some(([name]) => name.toLowerCase() === 'content-type');
  return typed ? kept : [defaultType, ...kept];
}

export const headersOf = (headers: Record<string, string | number | boolean>): Header[] =>
  Object.entries(headers).map(([name, value]) => [name, String(value)]);
