/**
 * The authorizer caches of API Gateway, one a stage of an API, by ARN:
 *
 *   arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod/cache/authorizers   REST API
 *   arn:aws:apigateway:eu-central-1::/apis/f6g7h8i9j0/stages/$default/cache/authorizers   HTTP API
 *
 * The only module that knows the SDK of API Gateway. AWS does not say how soon a flush takes effect.
 *
 * Errors: ConfigError for another ARN; the SDK's, after its own retries.
 *
 * @module
 * @see API Gateway API Reference, FlushStageAuthorizersCache and ResetAuthorizersCache
 */
import { APIGatewayClient, FlushStageAuthorizersCacheCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, ResetAuthorizersCacheCommand } from '@aws-sdk/client-apigatewayv2';
import { ConfigError } from '../config.ts';

/** `flush` makes it forget; whoever calls next is asked about anew. */
export type GatewayCache = { arn: string; flush: () => Promise<void> };

const CACHE =
  /^arn:[^:]+:apigateway:[^:]+::\/(rest)?apis\/([a-z0-9]+)\/stages\/([A-Za-z0-9_$-]+)\/cache\/authorizers$/;
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
};

export function gatewayCaches(arns: readonly string[]): GatewayCache[] {
  const rest = new APIGatewayClient(LIMITS);
  const http = new ApiGatewayV2Client(LIMITS);
  return arns.map((arn) => {
    const [, isRest, id = '', stage = ''] = CACHE.exec(arn) ?? [];
    if (!id) throw new ConfigError(`FLUSH_APIS: ${arn} is not the ARN of an authorizer cache`);
    const flush = isRest
      ? () => rest.send(new FlushStageAuthorizersCacheCommand({ restApiId: id, stageName: stage }))
      : () => http.send(new ResetAuthorizersCacheCommand({ ApiId: id, StageName: stage }));
    return { arn, flush: async () => void (await flush()) };
  });
}
