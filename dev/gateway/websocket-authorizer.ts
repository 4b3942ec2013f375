/**
 * The Lambda authorizer of a WebSocket API: asked at each handshake, since nothing is kept.
 *
 * Fails closed: what is neither "Unauthorized" nor a policy, or is larger than 8 KB, is a 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { identityOf } from './identity-source.ts';
import { evaluatePolicy } from './policy.ts';
import { asStrings, PolicyResult } from './policy-result.ts';
import { authorizerEvent, type Connection, connectArn } from './websocket-event.ts';
import type { WebSocketAuthorizer } from './websocket-model.ts';

export type Verdict =
  | { context: Record<string, string> }
  | { refused: 401 | 403 | 500; detail?: string };

const MAX_RESULT_BYTES = 8 * 1024;

export async function authorizeConnection(
  { functionArn, identitySources }: WebSocketAuthorizer,
  connection: Connection,
  invoke: Invoke,
): Promise<Verdict> {
  const { api, request } = connection;
  const context = {
    routeKey: '$connect',
    stage: api.stage,
    apiId: api.id,
    'identity.sourceIp': request.sourceIp,
  };
  const { stageVariables } = api;
  if (!identityOf(identitySources, { request, context, stageVariables })) return { refused: 401 };
  try {
    const result = await invoke(functionArn, authorizerEvent(connection));
    if (Buffer.byteLength(JSON.stringify(result)) > MAX_RESULT_BYTES)
      throw new Error('the result is too large');
    const parsed = v.parse(PolicyResult, result);
    const decision = evaluatePolicy(parsed.policyDocument, connectArn(api));
    if (decision === 'allow')
      return { context: { principalId: parsed.principalId, ...asStrings(parsed.context) } };
    return decision === 'explicit-deny'
      ? { refused: 403, detail: ' with an explicit deny' }
      : { refused: 403 };
  } catch (error) {
    return { refused: (error as Error).message === 'Unauthorized' ? 401 : 500 };
  }
}
