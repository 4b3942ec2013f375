/**
 * REST APIs: TOKEN and REQUEST authorizers. The answer is a policy.
 *
 * Without a cache it is about this method and path alone. With one (API_ANSWERS) API Gateway applies
 * a kept policy anew to each call, so it must name all that the caller may call.
 *
 * Errors: an ARN that is not of a method is a fault.
 *
 * @module
 * @see API Gateway Developer Guide, "Use API Gateway Lambda authorizers"
 */

import type { APIGatewayRequestAuthorizerEvent, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { lowerCased } from '../../http/request.ts';
import { type AuthorizerCall, MAX_ARN, policyAnswer, type RequestCall } from './answer.ts';
import type { AnswersOf } from './api-answers.ts';
import { readMethodArn } from './method-arn.ts';

export type RestRequestEvent = APIGatewayRequestAuthorizerEvent;

export const tokenCall = (
  { methodArn, authorizationToken }: APIGatewayTokenAuthorizerEvent,
  answersOf: AnswersOf,
): AuthorizerCall => restCall(methodArn, { authorization: authorizationToken }, answersOf);

export const requestCall = (event: RestRequestEvent, answersOf: AnswersOf): AuthorizerCall =>
  restCall(event.methodArn, joinedHeaders(event), answersOf, event.requestContext);

function restCall(
  methodArn: string,
  headers: Readonly<Record<string, string>>,
  answersOf: AnswersOf,
  sent?: SentBy,
): AuthorizerCall {
  const { arn, api, stage, method, path } = readMethodArn(methodArn);
  const { ttl, paths } = answersOf(api);
  const from = { api, stage, address: addressOf(sent) };
  const call = { id: sent?.requestId, from, method, path, headers };
  if (ttl > 0) return { kind: 'policy', ...call, stage: arn, paths };
  return { kind: 'request', ...call, ...exactly(methodArn) };
}

type SentBy = Partial<Pick<RestRequestEvent['requestContext'], 'requestId' | 'identity'>>;

/** An event that says where a request comes from may be one of a test invocation, and say nothing. */
export const addressOf = (sent: SentBy | undefined): string | undefined =>
  sent?.identity?.sourceIp ?? undefined;

const AFTER_STAGE = /^[^/]*\/[^/]*\//;

/**
 * A policy about that ARN alone.
 *
 * @param sent - What of it came from the caller. Wildcards there would name other paths too, and
 *               nothing in a policy can quote them. What is longer than a policy can name is denied.
 */
export const exactly = (
  arn: string,
  sent: string = arn.replace(AFTER_STAGE, ''),
): Pick<RequestCall, 'allow' | 'forbid' | 'isNameable'> => {
  const tooLong = Buffer.byteLength(arn) > MAX_ARN;
  // No policy could name it. The answer is about this call alone, so it may deny more.
  const denied = tooLong ? `${AFTER_STAGE.exec(arn)?.[0]}*` : arn;
  const isNameable = !(tooLong || /[*?]/.test(arn) || sent.includes('$'));
  return {
    isNameable,
    allow: (principal, context) =>
      isNameable
        ? policyAnswer(principal, { Allow: [arn] }, context)
        : policyAnswer(principal, { Deny: [denied] }),
    forbid: (context) => policyAnswer('forbidden', { Deny: [denied] }, context),
  };
};

/** Every value of every header that was sent. */
export function joinedHeaders({
  headers,
  multiValueHeaders,
}: Pick<RestRequestEvent, 'headers' | 'multiValueHeaders'>): Record<string, string> {
  const joined = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [
    name,
    values?.join(','),
  ]);
  return { ...lowerCased(headers ?? {}), ...lowerCased(Object.fromEntries(joined)) };
}
