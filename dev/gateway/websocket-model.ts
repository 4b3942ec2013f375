/**
 * A WebSocket API as the compiled template describes it.
 *
 * Throttling, access logs and metrics are read and have no effect here. A route but `$connect` has no
 * authorizer on AWS, and an authorizer of a WebSocket API keeps no result: its TTL is for HTTP APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { type IdentitySource, readIdentitySource } from './identity-source.ts';
import { anything, functionArnOf, readProperties, refuseUnknownTypes } from './read-properties.ts';

export interface WebSocketAuthorizer {
  functionArn: string;
  identitySources: IdentitySource[];
}

export interface WebSocketRoute {
  key: string;
  functionArn: string;
  timeout: number;
  /** Whether the function's result goes back to the client. */
  responds: boolean;
  authorizer: WebSocketAuthorizer | undefined;
}

export interface WebSocketApi {
  id: string;
  stage: string;
  stageVariables: Record<string, string> | undefined;
  routes: Map<string, WebSocketRoute>;
  /** Where in a message the route's key is, as in `$request.body.action`. */
  selection: string[];
}

const FAMILY = 'AWS::ApiGatewayV2';
const KNOWN = ['Api', 'Route', 'RouteResponse', 'Integration', 'Authorizer', 'Stage', 'Deployment'];
const SELECTION = /^\$request\.body((?:\.\w+)+)$/;

export function readWebSocketApi(stack: Stack): WebSocketApi {
  const known = KNOWN.map((name) => `${FAMILY}::${name}`);
  refuseUnknownTypes(stack, FAMILY, known);
  const [apiId, ...others] = stack.ofType(`${FAMILY}::Api`);
  if (!apiId || others.length > 0) throw new Error(`${stack.name}: one WebSocket API wanted`);
  const { RouteSelectionExpression } = readProperties(stack, apiId, {
    Name: anything,
    Description: anything,
    Tags: anything,
    DisableExecuteApiEndpoint: anything,
    ProtocolType: v.literal('WEBSOCKET'),
    RouteSelectionExpression: v.pipe(v.string(), v.regex(SELECTION)),
  });
  const integrations = readAll(stack, 'Integration', readIntegration);
  const authorizers = readAll(stack, 'Authorizer', readAuthorizer);
  const answered = new Set(
    stack.ofType(`${FAMILY}::RouteResponse`).map((it) => responds(stack, it)),
  );
  const routes = stack.ofType(`${FAMILY}::Route`).map((id): [string, WebSocketRoute] => {
    const { selects, ...route } = readRoute(stack, id, integrations, authorizers);
    return [route.key, { ...route, responds: selects && answered.has(stack.ref(id)) }];
  });
  return {
    id: stack.ref(apiId),
    ...readStage(stack),
    routes: new Map(routes),
    selection: (SELECTION.exec(RouteSelectionExpression)?.[1] ?? '').split('.').slice(1),
  };
}

const readAll = <T>(stack: Stack, type: string, read: (stack: Stack, id: string) => T) =>
  new Map(stack.ofType(`${FAMILY}::${type}`).map((id) => [stack.ref(id), read(stack, id)]));

function readIntegration(stack: Stack, id: string) {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    Description: anything,
    IntegrationType: v.literal('AWS_PROXY'),
    IntegrationMethod: anything,
    IntegrationUri: v.string(),
    TimeoutInMillis: v.optional(v.number(), 29_000),
  });
  const { IntegrationUri, TimeoutInMillis: timeout } = properties;
  return { functionArn: functionArnOf(IntegrationUri), timeout };
}

function readAuthorizer(stack: Stack, id: string): WebSocketAuthorizer {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    Name: v.string(),
    AuthorizerType: v.literal('REQUEST'),
    AuthorizerUri: v.string(),
    IdentitySource: v.optional(v.array(v.string()), []),
  });
  const at = `${stack.name}: ${id}`;
  return {
    functionArn: functionArnOf(properties.AuthorizerUri),
    identitySources: properties.IdentitySource.map((it) => readIdentitySource('websocket', it, at)),
  };
}

function readRoute(
  stack: Stack,
  id: string,
  integrations: ReadonlyMap<string, ReturnType<typeof readIntegration>>,
  authorizers: ReadonlyMap<string, WebSocketAuthorizer>,
) {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    RouteKey: v.string(),
    OperationName: anything,
    Target: v.string(),
    RouteResponseSelectionExpression: v.optional(v.literal('$default')),
    AuthorizationType: v.optional(v.picklist(['NONE', 'CUSTOM']), 'NONE'),
    AuthorizerId: v.optional(v.string()),
  });
  const { RouteKey: key, Target, AuthorizationType, AuthorizerId = '' } = properties;
  const integration = integrations.get(Target.replace(/^integrations\//, ''));
  const authorizer = authorizers.get(AuthorizerId);
  if (!integration) throw new Error(`${stack.name}: ${id}: unknown target`);
  if ((AuthorizationType === 'CUSTOM') !== Boolean(authorizer))
    throw new Error(`${stack.name}: ${id}: unknown authorizer`);
  if (authorizer && key !== '$connect')
    throw new Error(`${stack.name}: ${id}: only $connect may have an authorizer`);
  const selects = properties.RouteResponseSelectionExpression !== undefined;
  return { key, ...integration, authorizer, selects };
}

const responds = (stack: Stack, id: string): string =>
  readProperties(stack, id, {
    ApiId: v.string(),
    RouteId: v.string(),
    RouteResponseKey: v.literal('$default'),
  }).RouteId;

function readStage(stack: Stack): Pick<WebSocketApi, 'stage' | 'stageVariables'> {
  const [id, ...others] = stack.ofType(`${FAMILY}::Stage`);
  if (!id || others.length > 0) throw new Error(`${stack.name}: one stage wanted`);
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    StageName: v.string(),
    DeploymentId: anything,
    AutoDeploy: anything,
    Description: anything,
    DefaultRouteSettings: anything,
    AccessLogSettings: anything,
    StageVariables: v.optional(v.record(v.string(), v.string())),
    Tags: anything,
  });
  return { stage: properties.StageName, stageVariables: properties.StageVariables };
}
