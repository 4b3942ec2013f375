/**
 * A REST API as the compiled template describes it.
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { anything, readProperties, refuseUnknownTypes } from './read-properties.ts';
import { type RestAuthorizer, readRestAuthorizer } from './rest-authorizer-model.ts';
import { type GatewayResponses, readGatewayResponses } from './rest-gateway-responses.ts';
import { type RestIntegration, readIntegration } from './rest-integration.ts';
import { compareTemplates } from './routing.ts';

export interface RestMethod {
  authorizer: RestAuthorizer | undefined;
  integration: RestIntegration;
}

export interface RestResource {
  id: string;
  path: string;
  segments: string[];
  /** By HTTP method, or ANY. */
  methods: Map<string, RestMethod>;
}

export interface RestApi {
  id: string;
  stage: string;
  /** The most specific first. */
  resources: RestResource[];
  responses: GatewayResponses;
}

const FAMILY = 'AWS::ApiGateway';
const KNOWN = ['RestApi', 'Resource', 'Method', 'Authorizer', 'GatewayResponse', 'Deployment'];

export function readRestApi(stack: Stack): RestApi {
  const known = KNOWN.map((name) => `${FAMILY}::${name}`);
  refuseUnknownTypes(stack, FAMILY, known);
  const [apiId, ...others] = stack.ofType(`${FAMILY}::RestApi`);
  if (!apiId || others.length > 0) throw new Error(`${stack.name}: one REST API wanted`);
  readProperties(stack, apiId, {
    Name: anything,
    Description: anything,
    Tags: anything,
    EndpointConfiguration: anything,
    ApiKeySourceType: anything,
    DisableExecuteApiEndpoint: anything,
    MinimumCompressionSize: anything,
    // The compiler writes an empty policy where there is none.
    Policy: v.optional(v.literal('')),
  });
  return {
    id: stack.ref(apiId),
    stage: readStage(stack),
    resources: readResources(stack, apiId),
    responses: readGatewayResponses(stack),
  };
}

function readStage(stack: Stack): string {
  const [id, ...others] = stack.ofType(`${FAMILY}::Deployment`);
  if (!id || others.length > 0) throw new Error(`${stack.name}: one deployment wanted`);
  return readProperties(stack, id, {
    RestApiId: v.string(),
    Description: anything,
    StageName: v.string(),
    // Throttling, logs and metrics: no effect here.
    StageDescription: anything,
  }).StageName;
}

function readResources(stack: Stack, apiId: string): RestResource[] {
  const parts = new Map<string, { parent: string; part: string }>();
  for (const id of stack.ofType(`${FAMILY}::Resource`)) {
    const properties = readProperties(stack, id, {
      RestApiId: v.string(),
      ParentId: v.string(),
      PathPart: v.string(),
    });
    parts.set(stack.ref(id), { parent: properties.ParentId, part: properties.PathPart });
  }
  const segmentsOf = (id: string): string[] => {
    const own = parts.get(id);
    return own ? [...segmentsOf(own.parent), own.part] : [];
  };
  const resources = new Map<string, RestResource>();
  const authorizers = new Map(
    stack
      .ofType(`${FAMILY}::Authorizer`)
      .map((id) => [stack.ref(id), readRestAuthorizer(stack, id)]),
  );
  for (const methodId of stack.ofType(`${FAMILY}::Method`)) {
    const { resourceId, httpMethod, method } = readMethod(stack, methodId, authorizers);
    const segments = segmentsOf(resourceId);
    const empty = { id: resourceId, path: `/${segments.join('/')}`, segments, methods: new Map() };
    const resource = resources.get(resourceId) ?? empty;
    resource.methods.set(httpMethod, method);
    resources.set(resourceId, resource);
  }
  if (resources.size === 0) throw new Error(`${stack.name}: ${apiId}: no methods`);
  return [...resources.values()].sort((a, b) => compareTemplates(a.segments, b.segments));
}

function readMethod(stack: Stack, id: string, authorizers: Map<string, RestAuthorizer>) {
  const properties = readProperties(stack, id, {
    RestApiId: v.string(),
    ResourceId: v.string(),
    HttpMethod: v.string(),
    OperationName: anything,
    MethodResponses: anything,
    RequestParameters: v.optional(v.strictObject({})),
    ApiKeyRequired: v.optional(v.literal(false)),
    AuthorizationType: v.optional(v.picklist(['NONE', 'CUSTOM']), 'NONE'),
    AuthorizerId: v.optional(v.string()),
    Integration: v.unknown(),
  });
  const authorizer = authorizers.get(properties.AuthorizerId ?? '');
  if ((properties.AuthorizationType === 'CUSTOM') !== Boolean(authorizer)) {
    throw new Error(`${stack.name}: ${id}: unknown authorizer`);
  }
  const integration = readIntegration(properties.Integration, `${stack.name}: ${id}`);
  const method: RestMethod = { authorizer, integration };
  return { resourceId: properties.ResourceId, httpMethod: properties.HttpMethod, method };
}
