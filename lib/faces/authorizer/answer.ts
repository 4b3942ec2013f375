/**
 * What the authorizer makes of an event, whichever API sent it, and the answers that there are.
 *
 * @module
 * @see API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer": a resource ARN
 *      of at most 512 characters; and the quotas of WebSocket APIs: a result of at most 8 KB, which
 *      is kept to everywhere here, since REST APIs document none
 */

import type { APIGatewayAuthorizerResult, StatementEffect } from 'aws-lambda';
import { Fault } from '../../errors.ts';

/** API Gateway takes flat values only. */
export type Context = Readonly<Record<string, string>>;
export type PolicyAnswer = Pick<
  APIGatewayAuthorizerResult,
  'principalId' | 'policyDocument' | 'context'
>;
type FieldsAnswer = {
  isAuthorized: boolean;
  resolverContext?: Context;
  deniedFields?: readonly string[];
  /** Seconds. */
  ttlOverride: number;
};
export type AuthorizerAnswer =
  | { isAuthorized: boolean; context?: Context }
  | PolicyAnswer
  | FieldsAnswer;

/** Which API asks, and for whom: the address that API Gateway saw, where its event says one. */
type Origin = { api: string; stage?: string | undefined; address?: string | undefined };

type Asked = {
  id: string | undefined;
  from: Origin;
  /** Names in lower case; a header sent twice has its values joined by a comma. */
  headers: Readonly<Record<string, string>>;
  /** To a caller whom nobody knows; `undefined` where that is said by an error. */
  unauthenticated?: AuthorizerAnswer;
};
/** About this one request. */
export type RequestCall = Asked & {
  kind: 'request';
  method: string;
  /** Without the stage. */
  path: string;
  /** Otherwise no answer can say that just this call is allowed, so `allow` denies it. */
  isNameable: boolean;
  allow: (principal: string, context: Context) => AuthorizerAnswer;
  /** @param context - For those kinds of API that can show something of it. */
  forbid: (context: Context) => AuthorizerAnswer;
};
/** About every request that a cache may serve from the answer to this one. */
export type PolicyCall = Asked & {
  kind: 'policy';
  method: string;
  path: string;
  /** ARN, to which a method and a path are added. */
  stage: string;
  /** The resources below these paths alone; none means all. */
  paths: readonly string[];
};
/** About the fields of a GraphQL operation. */
export type FieldsCall = Asked & {
  kind: 'fields';
  /** `undefined` where the answer may serve other operations too. */
  query: string | undefined;
  ttl: number;
  unauthenticated: FieldsAnswer;
};
export type AuthorizerCall = RequestCall | PolicyCall | FieldsCall;

/** The one message that API Gateway turns into a 401. */
export const unauthorized = (): Error => new Error('Unauthorized');

/** In bytes of JSON. */
export const MAX_ANSWER = 8 * 1024;
/** Of a resource in a policy, in bytes. */
export const MAX_ARN = 512;

/** What is allowed and what is denied, by ARNs; none of the lists is empty. */
type Effects = { Allow?: readonly string[]; Deny?: readonly string[] };

/** @throws Error for what API Gateway would not take: a policy cut short would be another policy. */
export function policyAnswer(
  principalId: string,
  effects: Effects,
  context?: Context,
): PolicyAnswer {
  const Statement = Object.entries(effects).map(([Effect, arns]) => ({
    Action: 'execute-api:Invoke',
    Effect: Effect as StatementEffect,
    Resource: arns.length === 1 ? (arns[0] ?? '') : [...arns],
  }));
  const answer = {
    principalId,
    policyDocument: { Version: '2012-10-17', Statement },
    ...(context && { context }),
  };
  const longest = Math.max(...Object.values(effects).flatMap((arns) => arns.map(byteLength)));
  const size = byteLength(JSON.stringify(answer));
  if (size > MAX_ANSWER || longest > MAX_ARN)
    throw new Fault(`a policy of ${size} bytes, an ARN of ${longest}: more than API Gateway takes`);
  return answer;
}

const byteLength = (text: string): number => Buffer.byteLength(text);
