/**
 * CORS as an HTTP API does it: preflights are answered without asking a function, the configured
 * headers replace those of the function, and an origin that is not allowed gets none at all.
 *
 * A route with an authorizer that takes `OPTIONS` (as `ANY` and `$default` do) asks the authorizer for a
 * preflight, too, which no browser gives a credential.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 *
 * @module
 */
import type { Cors } from './http-model.ts';
import type { GatewayRequest } from './request.ts';
import type { Answer } from './server.ts';

export function isPreflight({ method, headers }: GatewayRequest): boolean {
  return (
    method === 'OPTIONS' && Boolean(headers['origin'] && headers['access-control-request-method'])
  );
}

export function preflight(cors: Cors, { headers }: GatewayRequest): Answer {
  const origin = allowedOrigin(cors, headers['origin']);
  const own: [string, string][] = origin
    ? [
        ...always(cors, origin),
        ...list('access-control-allow-methods', cors.AllowMethods),
        ...list('access-control-allow-headers', cors.AllowHeaders),
        ...list('access-control-max-age', cors.MaxAge === undefined ? [] : [String(cors.MaxAge)]),
      ]
    : [];
  return { status: 204, headers: own, body: '' };
}

export function withCors(cors: Cors, { headers }: GatewayRequest, answer: Answer): Answer {
  const kept = answer.headers.filter(([name]) => !/^access-control-/i.test(name));
  const origin = allowedOrigin(cors, headers['origin']);
  const own = origin
    ? [...always(cors, origin), ...list('access-control-expose-headers', cors.ExposeHeaders)]
    : [];
  return { ...answer, headers: [...kept, ...own] };
}

function always(cors: Cors, origin: string): [string, string][] {
  const credentials: [string, string] = ['access-control-allow-credentials', 'true'];
  return [['access-control-allow-origin', origin], ...(cors.AllowCredentials ? [credentials] : [])];
}

const list = (name: string, values: string[]): [string, string][] =>
  values.length > 0 ? [[name, values.join(',')]] : [];

function allowedOrigin(cors: Cors, origin: string | undefined): string | undefined {
  if (!origin) return undefined;
  if (cors.AllowOrigins.includes('*')) return '*';
  const allowed = cors.AllowOrigins.some(
    (it) => it === origin || (/^https?:\/\/\*$/.test(it) && origin.startsWith(it.slice(0, -1))),
  );
  return allowed ? origin : undefined;
}
