/**
 * The local AppSync: GraphQL over `POST /graphql`, behind the API's Lambda authorizer.
 *
 * Not simulated: subscriptions, introspection, the resolvers' own cache.
 *
 * @module
 */
import * as v from 'valibot';
import { appSyncAuthorizer, type GraphQLRequest, type Refusal } from './appsync-authorizer.ts';
import { type Executed, execute } from './appsync-execute.ts';
import { type AppSyncApi, readAppSyncApi } from './appsync-model.ts';
import { GraphQLError } from './graphql-lexer.ts';
import { chooseOperation, type Operation, readOperations, valueWith } from './graphql-query.ts';
import { type Problem, problemsOf } from './graphql-validate.ts';
import type { GatewayOptions } from './http-api.ts';
import { isPreflight, preflight, withCors } from './http-cors.ts';
import type { Cors } from './http-model.ts';
import type { GatewayRequest } from './request.ts';
import { type Answer, type ApiGateway, serve } from './server.ts';

const Sent = v.object({
  query: v.string(),
  operationName: v.nullish(v.string()),
  variables: v.nullish(v.record(v.string(), v.unknown()), {}),
});

/** Not to be configured, as at AWS: pages of every origin may call, since no cookie is a credential. */
const ANY_PAGE: Cors = {
  AllowOrigins: ['*'],
  AllowMethods: ['POST'],
  AllowHeaders: ['authorization', 'content-type', 'x-amz-user-agent'],
  ExposeHeaders: ['x-amzn-errortype', 'x-amzn-requestid'],
  AllowCredentials: false,
};

export async function startAppSyncApi(given: GatewayOptions): Promise<ApiGateway> {
  const { stack, invoke, ...options } = given;
  const api = readAppSyncApi(stack);
  const authorize = appSyncAuthorizer(api, invoke, options.clock);

  const answerTo = async (request: GatewayRequest): Promise<Answer> => {
    if (request.method !== 'POST' || request.path !== '/graphql') return refusal(NOT_FOUND);
    const sent = readBody(request.body);
    if (!sent) return refusal(MALFORMED);
    const authorized = await authorize(request, sent);
    if ('refused' in authorized) return refusal(authorized.refused);
    const { headers } = request;
    const chosen = understood(api, sent);
    if ('problems' in chosen) return answer(200, invalid(chosen.problems));
    const { operation } = chosen;
    const variables = { ...defaultsOf(operation), ...sent.variables };
    return answer(200, await execute(operation, { api, invoke, authorized, headers, variables }));
  };
  const gateway = await serve(
    async (request) =>
      isPreflight(request)
        ? preflight(ANY_PAGE, request)
        : withCors(ANY_PAGE, request, await answerTo(request)),
    { ...options, idHeader: 'x-amzn-requestid' },
  );
  return {
    ...gateway,
    url: `${gateway.url}/graphql`,
    api: { kind: 'appsync', id: api.id, stage: '' },
    // AppSync has no call that flushes an authorizer's results.
    flush: () => {},
  };
}

function readBody(body: Buffer): GraphQLRequest | undefined {
  try {
    const { query, operationName, variables } = v.parse(Sent, JSON.parse(body.toString('utf8')));
    return { query, operationName: operationName ?? undefined, variables };
  } catch {
    return undefined;
  }
}

/** The operation to run, or why there is none. */
function understood(
  { schema }: AppSyncApi,
  { query, operationName }: GraphQLRequest,
): { operation: Operation } | { problems: Problem[] } {
  try {
    const operation = chooseOperation(readOperations(query), operationName);
    const problems = problemsOf(schema, schema.roots[operation.type], operation.selections);
    return problems.length > 0 ? { problems } : { operation };
  } catch (error) {
    if (error instanceof GraphQLError) return { problems: [error] };
    throw error;
  }
}

const invalid = (problems: Problem[]): Executed => ({
  data: null,
  errors: problems.map(({ location, message }) => ({
    path: null,
    locations: [{ ...location, sourceName: null }],
    message,
  })),
});

const defaultsOf = ({ defaults }: Operation): Record<string, unknown> =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, valueWith(value, {})]));

type Failure = Omit<Refusal, 'status'> & { status: number };
const NOT_FOUND: Failure = { status: 404, errorType: 'NotFoundException' };
const MALFORMED: Failure = {
  status: 400,
  errorType: 'MalformedHttpRequestException',
  message: 'Unable to parse GraphQL query.',
};

const refusal = ({ status, errorType, message }: Failure): Answer =>
  answer(status, { errors: [{ errorType, ...(message && { message }) }] }, errorType);

const answer = (status: number, body: object, errorType?: string): Answer => ({
  status,
  headers: [
    ['content-type', 'application/json;charset=UTF-8'],
    ...(errorType ? [['x-amzn-errortype', errorType] as [string, string]] : []),
  ],
  body: JSON.stringify(body),
});
