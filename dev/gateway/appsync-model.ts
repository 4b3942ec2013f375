/**
 * An AppSync GraphQL API as the compiled template describes it: one Lambda authorizer as the only
 * mode, and resolvers that are Lambda functions without mapping templates.
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { readSchema, type Schema } from './graphql-schema.ts';
import { anything, readProperties, refuseUnknownTypes } from './read-properties.ts';
import { Ttl } from './result-cache.ts';

interface AppSyncAuthorizer {
  functionArn: string;
  ttl: number;
  /** What the token has to look like, before the function is asked. */
  validation: RegExp | undefined;
}

export interface AppSyncApi {
  id: string;
  authorizer: AppSyncAuthorizer;
  schema: Schema;
  /** Functions by `Type.field`. */
  resolvers: Map<string, string>;
}

const FAMILY = 'AWS::AppSync';
const KNOWN = ['GraphQLApi', 'GraphQLSchema', 'DataSource', 'Resolver'];

export function readAppSyncApi(stack: Stack): AppSyncApi {
  const known = KNOWN.map((name) => `${FAMILY}::${name}`);
  refuseUnknownTypes(stack, FAMILY, known);
  const [apiId, ...others] = stack.ofType(`${FAMILY}::GraphQLApi`);
  if (!apiId || others.length > 0) throw new Error(`${stack.name}: one GraphQL API wanted`);
  const { LambdaAuthorizerConfig: config } = readProperties(stack, apiId, {
    Name: anything,
    Tags: anything,
    LogConfig: anything,
    XrayEnabled: anything,
    IntrospectionConfig: anything,
    QueryDepthLimit: anything,
    ResolverCountLimit: anything,
    AuthenticationType: v.literal('AWS_LAMBDA'),
    LambdaAuthorizerConfig: v.strictObject({
      AuthorizerUri: v.string(),
      // AWS documents two defaults, 0 and 300: whoever caches or does not has to say so.
      AuthorizerResultTtlInSeconds: Ttl,
      IdentityValidationExpression: v.optional(v.string()),
    }),
  });
  const expression = config.IdentityValidationExpression;
  const schema = readDefinition(stack);
  return {
    id: stack.ref(apiId),
    authorizer: {
      functionArn: config.AuthorizerUri,
      ttl: config.AuthorizerResultTtlInSeconds,
      validation: expression === undefined ? undefined : new RegExp(`^(?:${expression})$`),
    },
    schema,
    resolvers: readResolvers(stack, schema),
  };
}

function readDefinition(stack: Stack): Schema {
  const [id, ...others] = stack.ofType(`${FAMILY}::GraphQLSchema`);
  if (!id || others.length > 0) throw new Error(`${stack.name}: one GraphQL schema wanted`);
  const { Definition } = readProperties(stack, id, { ApiId: v.string(), Definition: v.string() });
  try {
    return readSchema(Definition);
  } catch (error) {
    throw new Error(`${stack.name}: ${id}: ${(error as Error).message}`);
  }
}

function readResolvers(stack: Stack, { types }: Schema): Map<string, string> {
  const sources = new Map(
    stack.ofType(`${FAMILY}::DataSource`).map((id) => {
      const source = readProperties(stack, id, {
        ApiId: v.string(),
        Name: v.string(),
        Description: anything,
        Type: v.literal('AWS_LAMBDA'),
        ServiceRoleArn: v.string(),
        LambdaConfig: v.strictObject({ LambdaFunctionArn: v.string() }),
      });
      return [source.Name, source.LambdaConfig.LambdaFunctionArn] as const;
    }),
  );
  const resolvers = stack.ofType(`${FAMILY}::Resolver`).map((id) => {
    const { TypeName, FieldName, DataSourceName } = readProperties(stack, id, {
      ApiId: v.string(),
      TypeName: v.string(),
      FieldName: v.string(),
      DataSourceName: v.string(),
      Kind: v.optional(v.literal('UNIT')),
    });
    const functionArn = sources.get(DataSourceName);
    if (!functionArn) throw new Error(`${stack.name}: ${id}: unknown data source`);
    if (!types.get(TypeName)?.has(FieldName))
      throw new Error(`${stack.name}: ${id}: the schema has no field ${TypeName}.${FieldName}`);
    return [`${TypeName}.${FieldName}`, functionArn] as const;
  });
  return new Map(resolvers);
}
