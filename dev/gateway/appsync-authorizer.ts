/**
 * The Lambda authorizer of an AppSync API: asked with the whole request, kept by the token alone. So
 * a cached answer serves every later request of that token, whatever it asks for.
 *
 * Fails closed: an answer that is malformed refuses the call. AWS does not document with which
 * status; here it is 400, which has been reported for an authorizer that cannot be invoked.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { ACCOUNT, REGION } from '../names.ts';
import type { AppSyncApi } from './appsync-model.ts';
import { Scalar } from './proxy-result.ts';
import { within } from './read-properties.ts';
import type { GatewayRequest } from './request.ts';
import { resultCache, Ttl } from './result-cache.ts';

export interface GraphQLRequest {
  query: string;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
}
export interface Authorized {
  resolverContext: Record<string, string | number | boolean>;
  /** Whether this field must not be seen, by the type that has it. */
  denied: (type: string, field: string) => boolean;
}
export type Refusal = { status: 400 | 401; errorType: string; message?: string };

const TIMEOUT = 10_000;
const MAX_TOKEN_LENGTH = 2048;

const Result = v.object({
  isAuthorized: v.boolean(),
  resolverContext: v.nullish(v.record(v.string(), Scalar), {}),
  deniedFields: v.nullish(v.array(v.string()), []),
  ttlOverride: v.nullish(Ttl),
});

const NO_TOKEN: Refusal = {
  status: 401,
  errorType: 'UnauthorizedException',
  message: 'Valid authorization header not provided.',
};
const REFUSED: Refusal = {
  status: 401,
  errorType: 'UnauthorizedException',
  message: 'You are not authorized to make this call.',
};
const BROKEN: Refusal = { status: 400, errorType: 'BadRequestException' };

export function appSyncAuthorizer(api: AppSyncApi, invoke: Invoke, clock: () => number) {
  const { authorizer } = api;
  const cache = resultCache(authorizer.ttl, clock);

  const ask = async (token: string, request: GatewayRequest, sent: GraphQLRequest) => {
    const event = eventOf(api, token, request, sent);
    const done = await within(TIMEOUT, invoke(authorizer.functionArn, event));
    if (!done) throw new Error('the authorizer took too long');
    const result = v.parse(Result, done.value);
    cache.set([token], result, result.ttlOverride ?? undefined);
    return result;
  };

  return async (
    request: GatewayRequest,
    sent: GraphQLRequest,
  ): Promise<Authorized | { refused: Refusal }> => {
    const token = request.headers['authorization'] ?? '';
    if (token === '' || token.length > MAX_TOKEN_LENGTH) return { refused: NO_TOKEN };
    if (authorizer.validation && !authorizer.validation.test(token)) return { refused: NO_TOKEN };
    try {
      const cached = cache.get([token]) as v.InferOutput<typeof Result> | undefined;
      const result = cached ?? (await ask(token, request, sent));
      if (!result.isAuthorized) return { refused: REFUSED };
      const denied = new Set(result.deniedFields);
      return {
        resolverContext: result.resolverContext,
        denied: (type, field) =>
          denied.has(`${type}.${field}`) || denied.has(fieldArn(api, type, field)),
      };
    } catch {
      return { refused: BROKEN };
    }
  };
}

const fieldArn = ({ id }: AppSyncApi, type: string, field: string): string =>
  `arn:aws:appsync:${REGION}:${ACCOUNT}:apis/${id}/types/${type}/fields/${field}`;

const eventOf = (
  { id }: AppSyncApi,
  authorizationToken: string,
  request: GatewayRequest,
  { query, operationName, variables }: GraphQLRequest,
) => ({
  authorizationToken,
  requestContext: {
    apiId: id,
    accountId: ACCOUNT,
    requestId: request.id,
    queryString: query,
    ...(operationName !== undefined && { operationName }),
    variables,
  },
  requestHeaders: request.headers,
});
