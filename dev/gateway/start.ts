/**
 * Starts the gateway that a stack's template asks for.
 *
 * @module
 */
import type { Stack } from '../template.ts';
import { type GatewayOptions, startHttpApi } from './http-api.ts';
import { startRestApi } from './rest-api.ts';
import type { Gateway } from './server.ts';

/** Throws, before it listens, on anything in the template that it could not serve as AWS does. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { stack } = options;
  const http = stack.ofType('AWS::ApiGatewayV2::Api').length;
  const rest = stack.ofType('AWS::ApiGateway::RestApi').length;
  if (http + rest !== 1) throw new Error(`${stack.name}: ${describe(stack, http, rest)}`);
  return http === 1 ? startHttpApi(options) : startRestApi(options);
}

const describe = (stack: Stack, http: number, rest: number): string =>
  `one API wanted, ${http} HTTP and ${rest} REST APIs found in ${stack.types().size} resources`;
