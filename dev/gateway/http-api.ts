/**
 * The local HTTP API gateway: serves the API of a compiled template as AWS serves it.
 *
 * @module
 */
import type { Invoke } from '../lambda.ts';
import type { Stack } from '../template.ts';
import { httpAuthorizers } from './http-authorizer.ts';
import { isPreflight, preflight, withCors } from './http-cors.ts';
import { type Matched, proxyEvent } from './http-event.ts';
import { type HttpApi, readHttpApi } from './http-model.ts';
import { failed, httpAnswer } from './http-result.ts';
import { within } from './read-properties.ts';
import type { GatewayRequest } from './request.ts';
import { matchPath, segmentsOf } from './routing.ts';
import { type Answer, type ApiGateway, message, type ServerOptions, serve } from './server.ts';

export interface GatewayOptions extends ServerOptions {
  stack: Stack;
  invoke: Invoke;
}

export async function startHttpApi(given: GatewayOptions): Promise<ApiGateway> {
  const { stack, invoke, ...options } = given;
  const api = readHttpApi(stack);
  const { authorize, flush } = httpAuthorizers(api, invoke, options.clock);

  const answerRoute = async (request: GatewayRequest): Promise<Answer> => {
    const matched = findRoute(api, request);
    if (!matched) return message(404, 'Not Found');
    const { authorizer } = matched.route;
    const verdict = authorizer && (await authorize(authorizer, matched));
    if (verdict && 'refused' in verdict) return verdict.refused;
    return runFunction(matched, proxyEvent(matched, verdict?.context), invoke);
  };
  const gateway = await serve(async (request) => {
    if (!api.cors) return answerRoute(request);
    if (isPreflight(request) && !findRoute(api, request)?.route.authorizer)
      return preflight(api.cors, request);
    return withCors(api.cors, request, await answerRoute(request));
  }, options);
  return { ...gateway, api: { kind: 'http', id: api.id, stage: '$default' }, flush };
}

function findRoute(api: HttpApi, request: GatewayRequest): Matched | undefined {
  const segments = segmentsOf(request.encodedPath);
  for (const route of api.routes) {
    if (route.method === undefined) return { api, route, request, pathParameters: {} };
    if (route.method !== 'ANY' && route.method !== request.method) continue;
    const pathParameters = matchPath(route.segments, segments);
    if (pathParameters) return { api, route, request, pathParameters };
  }
  return undefined;
}

async function runFunction({ route }: Matched, event: object, invoke: Invoke): Promise<Answer> {
  try {
    const done = await within(route.timeout, invoke(route.functionArn, event));
    return done ? httpAnswer(done.value) : message(503, 'Service Unavailable');
  } catch {
    return failed();
  }
}
