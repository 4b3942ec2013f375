/** Flushing the results of authorizers, by the real SDK clients against the local control plane. */
import { APIGatewayClient, FlushStageAuthorizersCacheCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, ResetAuthorizersCacheCommand } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startControlPlane } from '../../dev/gateway/control-plane.ts';
import type { ApiGateway } from '../../dev/gateway/server.ts';
import {
  echo,
  httpAuthorizer,
  httpTemplate,
  restAuthorizer,
  restTemplate,
  serve,
} from '../support/gateways/gateway.ts';

const allow = {
  principalId: 'u1',
  policyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
const httpApi = () => {
  const properties = {
    IdentitySource: ['$request.header.Authorization'],
    AuthorizerResultTtlInSeconds: 300,
  };
  return httpTemplate({ 'GET /a': 'Auth' }, { Auth: httpAuthorizer(properties) });
};
const restApi = () => restTemplate({ 'GET /a': 'Auth' }, { Auth: restAuthorizer() });

async function setUp(clock = () => 0) {
  const gateways: ApiGateway[] = [];
  const control = await startControlPlane({ gateways: () => gateways, clock });
  onTestFinished(() => control.stop());
  const place = {
    endpoint: control.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  const http = new ApiGatewayV2Client(place);
  const rest = new APIGatewayClient(place);
  return {
    gateways,
    reset: (ApiId: string, StageName = '$default') =>
      http.send(new ResetAuthorizersCacheCommand({ ApiId, StageName })),
    flush: (restApiId: string, stageName = 'dev') =>
      rest.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName })),
  };
}

const started = async (template: ReturnType<typeof httpApi>, gateways: ApiGateway[]) => {
  const authorizer = vi.fn(() => ({ ...allow, isAuthorized: true }));
  const gateway = await serve(template, { authorizer, handler: echo }, () => 0);
  gateways.push(gateway);
  const call = async () =>
    (await fetch(`${gateway.url}/a`, { headers: { authorization: 't' } })).status;
  return { authorizer, call, id: gateway.api.id };
};

describe('a flush', () => {
  test.each([
    ['ResetAuthorizersCache', 'an HTTP API', httpApi, 'reset'],
    ['FlushStageAuthorizersCache', 'a REST API', restApi, 'flush'],
  ] as const)('by %s makes %s ask again, once', async (_call, _kind, template, action) => {
    const { gateways, ...actions } = await setUp();
    const { authorizer, call, id } = await started(template(), gateways);
    await call();
    await call();
    expect(authorizer).toHaveBeenCalledTimes(1);
    await actions[action](id);
    expect([await call(), await call()]).toEqual([200, 200]);
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('is of one API alone', async () => {
    const { gateways, flush } = await setUp();
    const http = await started(httpApi(), gateways);
    const rest = await started(restApi(), gateways);
    await http.call();
    await flush(rest.id);
    await http.call();
    expect(http.authorizer).toHaveBeenCalledTimes(1);
  });

  test('of an API, a stage or a kind that is not there is a NotFoundException', async () => {
    const { gateways, reset, flush } = await setUp();
    const { id } = await started(httpApi(), gateways);
    const notFound = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(reset('other')).rejects.toMatchObject(notFound);
    await expect(reset(id, 'dev')).rejects.toMatchObject(notFound);
    await expect(flush(id, '$default')).rejects.toMatchObject(notFound);
  });

  test('beyond the account’s limit is a TooManyRequestsException, for a while', async () => {
    let now = 0;
    const { gateways, reset } = await setUp(() => now);
    const { id } = await started(httpApi(), gateways);
    for (let call = 0; call < 40; call++) await reset(id);
    await expect(reset(id)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    now += 100;
    await reset(id);
    await expect(reset(id)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});
