/**
 * The local REST API gateway: serves the API of a compiled template as AWS serves it.
 *
 * On AWS every path starts with the stage (`/dev/cdr`). That works here too; the bare path (`/cdr`)
 * is accepted beside it, to keep hand-typed commands short. Events are the same for both.
 *
 * @module
 */
import type { Invoke } from '../lambda.ts';
import type { GatewayOptions } from './http-api.ts';
import { within } from './read-properties.ts';
import type { GatewayRequest } from './request.ts';
import { restAuthorizers } from './rest-authorizer.ts';
import { type Matched, proxyEvent } from './rest-event.ts';
import { gatewayResponse } from './rest-gateway-responses.ts';
import { type RestApi, readRestApi } from './rest-model.ts';
import { restAnswer } from './rest-result.ts';
import { matchPath, segmentsOf } from './routing.ts';
import { type Answer, type ApiGateway, serve } from './server.ts';

export async function startRestApi(given: GatewayOptions): Promise<ApiGateway> {
  const { stack, invoke, ...options } = given;
  const api = readRestApi(stack);
  const { authorize, flush } = restAuthorizers(api, invoke, options.clock);

  const gateway = await serve(
    async (request) => {
      const matched = findMethod(api, request);
      if (!matched) return gatewayResponse(api.responses, 'MISSING_AUTHENTICATION_TOKEN', request);
      const { authorizer } = matched.method;
      const verdict = authorizer && (await authorize(authorizer, matched));
      if (verdict && 'refused' in verdict) return verdict.refused;
      return run(matched, verdict?.context, invoke);
    },
    { ...options, idHeader: 'x-amzn-requestid' },
  );
  return { ...gateway, api: { kind: 'rest', id: api.id, stage: api.stage }, flush };
}

function findMethod(api: RestApi, request: GatewayRequest): Matched | undefined {
  const path = withoutStage(request.encodedPath, api.stage);
  // A slash at the end makes no difference to a REST API.
  const trimmed = path.replace(/\/$/, '');
  const segments = trimmed === '' ? [] : segmentsOf(trimmed);
  for (const resource of api.resources) {
    const pathParameters = matchPath(resource.segments, segments);
    if (!pathParameters) continue;
    const method = resource.methods.get(request.method) ?? resource.methods.get('ANY');
    return method && { api, resource, method, request, path, pathParameters };
  }
  return undefined;
}

function withoutStage(path: string, stage: string): string {
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}

async function run(
  matched: Matched,
  context: Record<string, string> | undefined,
  invoke: Invoke,
): Promise<Answer> {
  const { api, method, request } = matched;
  const { integration } = method;
  if (integration.type === 'fixed') return integration.answer;
  const event = proxyEvent(matched, context);
  try {
    const done = await within(integration.timeout, invoke(integration.functionArn, event));
    if (!done) return gatewayResponse(api.responses, 'INTEGRATION_TIMEOUT', request);
    const answer = restAnswer(done.value);
    if (answer) return answer;
  } catch {
    // A function that throws and one that answers nonsense look the same to the client.
  }
  return gatewayResponse(api.responses, 'INTEGRATION_FAILURE', request);
}
