/**
 * Starts the gateway that a stack's template asks for.
 *
 * @module
 */
import type { Stack } from '../template.ts';
import { startAppSyncApi } from './appsync-api.ts';
import { type GatewayOptions, startHttpApi } from './http-api.ts';
import { startRestApi } from './rest-api.ts';
import type { ApiGateway } from './server.ts';
import { startWebSocketApi } from './websocket-api.ts';

const STARTS: Record<string, (options: GatewayOptions) => Promise<ApiGateway>> = {
  'AWS::ApiGatewayV2::Api HTTP': startHttpApi,
  'AWS::ApiGatewayV2::Api WEBSOCKET': startWebSocketApi,
  'AWS::ApiGateway::RestApi': startRestApi,
  'AWS::AppSync::GraphQLApi': startAppSyncApi,
};
const TYPES = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi', 'AWS::AppSync::GraphQLApi'];

/** Throws, before it listens, on anything in the template that it could not serve as AWS does. */
export async function startGateway(options: GatewayOptions): Promise<ApiGateway> {
  const { stack } = options;
  const found = TYPES.flatMap((type) => stack.ofType(type).map((id) => kindOf(stack, type, id)));
  const [kind = '', ...others] = found;
  const start = others.length === 0 ? STARTS[kind] : undefined;
  if (!start)
    throw new Error(`${stack.name}: one API wanted, found: ${found.join(', ') || 'none'}`);
  return start(options);
}

function kindOf(stack: Stack, type: string, id: string): string {
  const protocol = type === TYPES[0] ? ` ${stack.properties(id)['ProtocolType']}` : '';
  return `${type}${protocol}`;
}
