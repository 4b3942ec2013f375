/** Compiled templates of a WebSocket API and of a GraphQL API, as small as they go. */
import type { Template } from '../../../dev/template.ts';

type Resources = Template['Resources'];

const lambdaArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const invocation = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambdaArn(name)}/invocations`;
const ApiId = { Ref: 'Api' };

/** @param routes Key of the route -> name of its function; the client gets what it returns. */
export function webSocketTemplate(
  routes: Record<string, string>,
  { authorizer = true, changes = {} }: { authorizer?: boolean; changes?: Resources } = {},
): Template {
  const Resources: Resources = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'test',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      },
    },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId, StageName: 'dev' } },
    Auth: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId,
        Name: 'authorizer',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: invocation('authorizer'),
      },
    },
  };
  for (const [index, [RouteKey, name]] of Object.entries(routes).entries()) {
    const guarded = authorizer && RouteKey === '$connect';
    Resources[`Integration${index}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: invocation(name) },
    };
    Resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId,
        RouteKey,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: `Integration${index}` }]] },
        RouteResponseSelectionExpression: '$default',
        ...(guarded && { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } }),
      },
    };
    Resources[`Response${index}`] = {
      Type: 'AWS::ApiGatewayV2::RouteResponse',
      Properties: { ApiId, RouteId: { Ref: `Route${index}` }, RouteResponseKey: '$default' },
    };
  }
  return { Resources: { ...Resources, ...changes } };
}

/** @param resolvers `Type.field`s whose function is `resolve`. */
export function graphQlTemplate(
  Definition: string,
  resolvers: readonly string[],
  authorizer: Record<string, unknown> = {},
): Template {
  const Resources: Resources = {
    Api: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'test',
        AuthenticationType: 'AWS_LAMBDA',
        LambdaAuthorizerConfig: {
          AuthorizerUri: lambdaArn('authorizer'),
          AuthorizerResultTtlInSeconds: 0,
          ...authorizer,
        },
      },
    },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition } },
    Source: {
      Type: 'AWS::AppSync::DataSource',
      Properties: {
        ApiId,
        Name: 'functions',
        Type: 'AWS_LAMBDA',
        ServiceRoleArn: 'arn:aws:iam::000000000000:role/functions',
        LambdaConfig: { LambdaFunctionArn: lambdaArn('resolve') },
      },
    },
  };
  for (const [index, name] of resolvers.entries()) {
    const [TypeName, FieldName] = name.split('.');
    Resources[`Resolver${index}`] = {
      Type: 'AWS::AppSync::Resolver',
      Properties: { ApiId, TypeName, FieldName, DataSourceName: 'functions' },
    };
  }
  return { Resources };
}
