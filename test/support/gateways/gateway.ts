/** Small compiled templates, served by the local gateway with functions that are plain callbacks. */
import { onTestFinished } from 'vitest';
import type { ApiGateway } from '../../../dev/gateway/server.ts';
import { startGateway } from '../../../dev/gateway/start.ts';
import { resolveStack, type Template } from '../../../dev/template.ts';

// biome-ignore lint/suspicious/noExplicitAny: events are read field by field in the tests.
export type Event = any;
export type Functions = Record<string, (event: Event) => unknown>;
type Resources = Template['Resources'];

const lambdaArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const invocation = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambdaArn(name)}/invocations`;

export function httpTemplate(routes: Record<string, string>, changes: Resources = {}): Template {
  const route = (key: string, authorizer: string) => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'HttpApi' },
      RouteKey: key,
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      ...(authorizer && { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizer } }),
    },
  });
  const all = Object.entries(routes).map(([key, it], index) => [`Route${index}`, route(key, it)]);
  return {
    Resources: {
      HttpApi: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: 'test', ProtocolType: 'HTTP' },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'HttpApi' }, StageName: '$default', AutoDeploy: true },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'HttpApi' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: lambdaArn('handler'),
          PayloadFormatVersion: '2.0',
        },
      },
      ...Object.fromEntries(all),
      ...changes,
    },
  };
}

export const httpAuthorizer = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::ApiGatewayV2::Authorizer',
  Properties: {
    ApiId: { Ref: 'HttpApi' },
    Name: 'authorizer',
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerUri: invocation('authorizer'),
    EnableSimpleResponses: true,
    AuthorizerResultTtlInSeconds: 0,
    ...properties,
  },
});

/** @param methods "GET /pets/{id}" -> logical id of an authorizer, or "" for none. */
export function restTemplate(methods: Record<string, string>, changes: Resources = {}): Template {
  const resources: Resources = {};
  for (const [key, authorizer] of Object.entries(methods)) {
    const [method = '', path = ''] = key.split(' ');
    const id = addPath(resources, path);
    resources[`Method${Object.keys(resources).length}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: id === '' ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: id },
        HttpMethod: method,
        AuthorizationType: authorizer ? 'CUSTOM' : 'NONE',
        ...(authorizer && { AuthorizerId: { Ref: authorizer } }),
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: invocation('handler'),
        },
      },
    };
  }
  return {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'test', Policy: '' } },
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        Properties: { RestApiId: { Ref: 'Api' }, StageName: 'dev' },
      },
      ...resources,
      ...changes,
    },
  };
}

function addPath(resources: Resources, path: string): string {
  let parent = '';
  for (const part of path.split('/').filter(Boolean)) {
    const id = `${parent || 'R'}_${part.replace(/\W/g, 'x')}`;
    resources[id] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: parent === '' ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: parent },
        PathPart: part,
      },
    };
    parent = id;
  }
  return parent;
}

export const restAuthorizer = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: {
    RestApiId: { Ref: 'Api' },
    Name: 'authorizer',
    Type: 'TOKEN',
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerUri: invocation('authorizer'),
    ...properties,
  },
});

/** Serves the template until the test ends. Functions get their event through JSON, as on AWS. */
export async function serve(
  template: Template,
  functions: Functions,
  clock: () => number = Date.now,
): Promise<ApiGateway> {
  const invoke = async (arn: string, event: unknown) => {
    const run = functions[arn.split(':').at(-1) ?? ''];
    if (!run) throw new Error(`no function ${arn}`);
    return JSON.parse(JSON.stringify((await run(JSON.parse(JSON.stringify(event)))) ?? null));
  };
  const stack = resolveStack(template, { name: 'test-dev' });
  const gateway = await startGateway({ stack, invoke, clock, port: 0 });
  onTestFinished(() => gateway.stop());
  return gateway;
}

export const echo = (event: Event) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});
