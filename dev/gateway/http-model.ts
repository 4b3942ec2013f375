/**
 * An HTTP API as the compiled template describes it.
 *
 * Throttling, access logs and metrics are read and have no effect here.
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { type IdentitySource, readIdentitySource } from './identity-source.ts';
import { anything, functionArnOf, readProperties, refuseUnknownTypes } from './read-properties.ts';
import { Ttl } from './result-cache.ts';
import { compareTemplates, segmentsOf } from './routing.ts';

export interface HttpAuthorizer {
  id: string;
  functionArn: string;
  payload: '1.0' | '2.0';
  identitySources: IdentitySource[];
  simple: boolean;
  ttl: number;
}

export interface HttpRoute {
  key: string;
  /** Undefined for `$default`. */
  method: string | undefined;
  segments: string[];
  functionArn: string;
  timeout: number;
  authorizer: HttpAuthorizer | undefined;
}

export interface HttpApi {
  id: string;
  /** The most specific first. */
  routes: HttpRoute[];
  cors: Cors | undefined;
  stageVariables: Record<string, string> | undefined;
}

const strings = v.optional(v.array(v.string()), []);
const CorsConfiguration = v.strictObject({
  AllowOrigins: strings,
  AllowHeaders: strings,
  AllowMethods: strings,
  ExposeHeaders: strings,
  AllowCredentials: v.optional(v.boolean(), false),
  MaxAge: v.optional(v.number()),
});
export type Cors = v.InferOutput<typeof CorsConfiguration>;

const FAMILY = 'AWS::ApiGatewayV2';
const KNOWN = ['Api', 'Route', 'Integration', 'Authorizer', 'Stage'].map((n) => `${FAMILY}::${n}`);

export function readHttpApi(stack: Stack): HttpApi {
  refuseUnknownTypes(stack, FAMILY, KNOWN);
  const [apiId, ...others] = stack.ofType(`${FAMILY}::Api`);
  if (!apiId || others.length > 0) throw new Error(`${stack.name}: one HTTP API wanted`);
  const api = readProperties(stack, apiId, {
    Name: anything,
    Description: anything,
    Tags: anything,
    DisableExecuteApiEndpoint: anything,
    ProtocolType: v.literal('HTTP'),
    CorsConfiguration: v.optional(CorsConfiguration),
  });
  const authorizers = readAll(stack, 'Authorizer', readAuthorizer);
  const integrations = readAll(stack, 'Integration', readIntegration);
  const routes = stack
    .ofType(`${FAMILY}::Route`)
    .map((id) => readRoute(stack, id, integrations, authorizers));
  return {
    id: stack.ref(apiId),
    routes: routes.sort(bySpecificity),
    cors: api.CorsConfiguration,
    stageVariables: readStageVariables(stack),
  };
}

const readAll = <T>(stack: Stack, type: string, read: (stack: Stack, id: string) => T) =>
  new Map(stack.ofType(`${FAMILY}::${type}`).map((id) => [stack.ref(id), read(stack, id)]));

function readAuthorizer(stack: Stack, id: string): HttpAuthorizer {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    Name: v.string(),
    AuthorizerType: v.literal('REQUEST'),
    AuthorizerPayloadFormatVersion: v.picklist(['1.0', '2.0']),
    AuthorizerUri: v.string(),
    EnableSimpleResponses: v.optional(v.boolean(), false),
    IdentitySource: v.optional(v.array(v.string()), []),
    // AWS has a default, and it is not documented: whoever caches or does not has to say so.
    AuthorizerResultTtlInSeconds: Ttl,
  });
  const at = `${stack.name}: ${id}`;
  const {
    AuthorizerPayloadFormatVersion: payload,
    AuthorizerResultTtlInSeconds: ttl,
    EnableSimpleResponses: simple,
  } = properties;
  const identitySources = properties.IdentitySource.map((it) => readIdentitySource('http', it, at));
  if (ttl > 0 && identitySources.length === 0)
    throw new Error(`${at}: a cached authorizer needs an identity source`);
  if (simple && payload === '1.0') throw new Error(`${at}: simple responses need payload 2.0`);
  return {
    id,
    functionArn: functionArnOf(properties.AuthorizerUri),
    payload,
    identitySources,
    simple,
    ttl,
  };
}

function readIntegration(stack: Stack, id: string) {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    Description: anything,
    IntegrationType: v.literal('AWS_PROXY'),
    IntegrationMethod: anything,
    IntegrationUri: v.string(),
    PayloadFormatVersion: v.literal('2.0'),
    TimeoutInMillis: v.optional(v.number(), 30_000),
  });
  return {
    functionArn: functionArnOf(properties.IntegrationUri),
    timeout: properties.TimeoutInMillis,
  };
}

function readRoute(
  stack: Stack,
  id: string,
  integrations: Map<string, ReturnType<typeof readIntegration>>,
  authorizers: Map<string, HttpAuthorizer>,
): HttpRoute {
  const properties = readProperties(stack, id, {
    ApiId: v.string(),
    RouteKey: v.pipe(v.string(), v.regex(/^(\$default|[A-Z]+ \/.*)$/)),
    OperationName: anything,
    Target: v.string(),
    AuthorizationType: v.optional(v.picklist(['NONE', 'CUSTOM']), 'NONE'),
    AuthorizerId: v.optional(v.string()),
  });
  const integration = integrations.get(properties.Target.replace(/^integrations\//, ''));
  const authorizer = authorizers.get(properties.AuthorizerId ?? '');
  if (!integration) throw new Error(`${stack.name}: ${id}: unknown target`);
  if ((properties.AuthorizationType === 'CUSTOM') !== Boolean(authorizer)) {
    throw new Error(`${stack.name}: ${id}: unknown authorizer`);
  }
  const [method, path] = properties.RouteKey.split(' ');
  const key = properties.RouteKey;
  const isDefault = path === undefined;
  return {
    key,
    method: isDefault ? undefined : method,
    segments: isDefault ? [] : segmentsOf(path),
    authorizer,
    ...integration,
  };
}

function readStageVariables(stack: Stack): Record<string, string> | undefined {
  const [id, ...others] = stack.ofType(`${FAMILY}::Stage`);
  if (!id || others.length > 0) throw new Error(`${stack.name}: one stage wanted`);
  return readProperties(stack, id, {
    ApiId: v.string(),
    // Any other stage would be a prefix of every path.
    StageName: v.literal('$default'),
    AutoDeploy: anything,
    Description: anything,
    DefaultRouteSettings: anything,
    RouteSettings: anything,
    AccessLogSettings: anything,
    StageVariables: v.optional(v.record(v.string(), v.string())),
    Tags: anything,
  }).StageVariables;
}

function bySpecificity(a: HttpRoute, b: HttpRoute): number {
  const isDefault = (route: HttpRoute) => Number(route.method === undefined);
  const isAny = (route: HttpRoute) => Number(route.method === 'ANY');
  return (
    isDefault(a) - isDefault(b) || compareTemplates(a.segments, b.segments) || isAny(a) - isAny(b)
  );
}
