/**
 * AppSync: a token and the GraphQL operation. The answer names the fields that the caller must not
 * see, and how long it may be kept: 0 seconds, unless API_ANSWERS says more.
 *
 * Errors: an event of an Events API, which has channels and no fields, is a fault.
 *
 * AppSync keeps answers by the token alone. So one that may be kept must not lean on the operation.
 *
 * @module
 * @see AppSync Developer Guide, "AWS_LAMBDA authorization"
 */

import type { AppSyncAuthorizerEvent } from 'aws-lambda';
import { Fault } from '../../errors.ts';
import type { FieldsCall } from './answer.ts';
import type { AnswersOf } from './api-answers.ts';

export function fieldsCall(
  { authorizationToken: token, requestContext }: AppSyncAuthorizerEvent,
  answersOf: AnswersOf,
): FieldsCall {
  const { apiId, requestId, queryString } = requestContext;
  const { ttl } = answersOf(apiId);
  const isEvents = 'operation' in requestContext || 'channel' in requestContext;
  if (typeof apiId !== 'string' || isEvents || (ttl === 0 && typeof queryString !== 'string'))
    throw new Fault('an authorizer event without the API or its operation');
  return {
    kind: 'fields',
    id: requestId,
    from: { api: apiId },
    // The scheme is left to the client here.
    headers: { authorization: !token || /^Bearer /i.test(token) ? token : `Bearer ${token}` },
    query: ttl > 0 ? undefined : queryString,
    ttl,
    unauthenticated: { isAuthorized: false, ttlOverride: 0 },
  };
}
