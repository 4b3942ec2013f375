/**
 * What stands behind a method of a REST API: a Lambda function (AWS_PROXY), or the fixed answer to
 * a preflight that the serverless CLI makes of `cors: true` (MOCK).
 *
 * @module
 */
import * as v from 'valibot';
import { anything, functionArnOf } from './read-properties.ts';
import type { Answer } from './server.ts';

export type RestIntegration =
  | { type: 'lambda'; functionArn: string; timeout: number }
  | { type: 'fixed'; answer: Answer };

const Lambda = v.strictObject({
  Type: v.literal('AWS_PROXY'),
  IntegrationHttpMethod: v.literal('POST'),
  Uri: v.string(),
  TimeoutInMillis: v.optional(v.number(), 29_000),
});

const RESPONSE_HEADER = /^method\.response\.header\.(.+)$/;
const FixedResponse = v.strictObject({
  StatusCode: v.pipe(v.string(), v.regex(/^\d{3}$/)),
  ResponseParameters: v.record(v.pipe(v.string(), v.regex(RESPONSE_HEADER)), v.string()),
  ResponseTemplates: v.strictObject({ 'application/json': v.literal('') }),
});
const Fixed = v.strictObject({
  Type: v.literal('MOCK'),
  RequestTemplates: anything,
  ContentHandling: anything,
  IntegrationResponses: v.strictTuple([FixedResponse]),
});

export function readIntegration(properties: unknown, at: string): RestIntegration {
  const result = v.safeParse(v.variant('Type', [Lambda, Fixed]), properties);
  if (!result.success) {
    const issues = result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
    throw new Error(`${at}: the local gateway does not understand ${issues.join('; ')}`);
  }
  if (result.output.Type === 'AWS_PROXY') {
    const { Uri, TimeoutInMillis: timeout } = result.output;
    return { type: 'lambda', functionArn: functionArnOf(Uri), timeout };
  }
  const [{ StatusCode, ResponseParameters }] = result.output.IntegrationResponses;
  const headers = Object.entries(ResponseParameters).map(([name, value]): [string, string] => [
    name.replace(RESPONSE_HEADER, '$1'),
    value.replace(/^'|'$/g, ''),
  ]);
  return { type: 'fixed', answer: { status: Number(StatusCode), headers, body: '' } };
}
