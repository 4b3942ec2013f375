/**
 * The part of API Gateway's control plane that makes authorizers forget, in its wire shape, so that
 * the real SDK clients work with `AWS_ENDPOINT_URL_APIGATEWAYV2` and `AWS_ENDPOINT_URL_API_GATEWAY`.
 *
 *   ResetAuthorizersCache        DELETE /v2/apis/{id}/stages/{stage}/cache/authorizers       204
 *   FlushStageAuthorizersCache   DELETE /restapis/{id}/stages/{stage}/cache/authorizers      202
 *
 * Errors: NotFoundException, and TooManyRequestsException beyond the account's 10 calls a second
 * with bursts of 40. Not checked: signatures, IAM. Here a flush takes effect at once; AWS does not
 * say how long its own takes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 *
 * @module
 */
import type { GatewayRequest } from './request.ts';
import { type Answer, type ApiGateway, type Gateway, serve } from './server.ts';

export interface ControlPlaneOptions {
  /** Those that run now. */
  gateways: () => readonly ApiGateway[];
  clock: () => number;
  port?: number;
  log?: ((line: string) => void) | undefined;
}

const FORMS = [
  { kind: 'http', status: 204, path: /^\/v2\/apis\/([^/]+)\/stages\/([^/]+)\/cache\/authorizers$/ },
  { kind: 'rest', status: 202, path: /^\/restapis\/([^/]+)\/stages\/([^/]+)\/cache\/authorizers$/ },
];

const CALLS_A_SECOND = 10;
const BURST = 40;

export function startControlPlane(options: ControlPlaneOptions): Promise<Gateway> {
  const { gateways, clock, port = 0, log } = options;
  const mayPass = bucket(clock);

  const answer = async (request: GatewayRequest): Promise<Answer> => {
    const form = FORMS.find(({ path }) => path.test(request.path));
    const [, id, stage] = form?.path.exec(request.path) ?? [];
    if (!form || request.method !== 'DELETE')
      return failure(404, 'NotFoundException', 'the local control plane flushes authorizers only');
    if (!mayPass()) return failure(429, 'TooManyRequestsException', 'Too Many Requests');
    const found = gateways().find(
      ({ api }) => api.kind === form.kind && api.id === id && api.stage === stage,
    );
    if (!found) return failure(404, 'NotFoundException', 'Invalid stage identifier specified');
    found.flush();
    return { status: form.status, headers: [], body: '' };
  };
  return serve(answer, { port, clock, log, idHeader: 'x-amzn-requestid' });
}

/** Tokens that come back with time. */
function bucket(clock: () => number): () => boolean {
  let tokens = BURST;
  let filledAt = clock();
  return () => {
    const now = clock();
    tokens = Math.min(BURST, tokens + ((now - filledAt) / 1000) * CALLS_A_SECOND);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const failure = (status: number, type: string, message: string): Answer => ({
  status,
  headers: [
    ['content-type', 'application/json'],
    ['x-amzn-errortype', type],
  ],
  body: JSON.stringify({ message }),
});
