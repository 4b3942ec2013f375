/**
 * The service behind API Gateway in each of the modes that a consuming API may choose: every call
 * goes through the local gateway, which keeps the authorizer's results as AWS does.
 *
 * Units: milliseconds; the gateway's clock stands still but for `step`.
 */
import { startGateway } from '../../../dev/gateway/start.ts';
import { shortId } from '../../../dev/names.ts';
import { resolveStack, type Template } from '../../../dev/template.ts';
import type { RevocableService } from '../promise/workload.ts';
import { startFlusher } from '../running/flusher.ts';
import type { Credential, Service } from '../running/service.ts';
import { echo, httpAuthorizer, httpTemplate, restAuthorizer, restTemplate } from './gateway.ts';

/** Of the cached modes, in seconds: about a hundred calls. */
export const TTL = 10;
const STEP = 100;

const ROUTES = ['/cdr/7', '/book/7'];
const [GET_CDR, GET_BOOK] = ROUTES.map((path) => `GET ${path}`) as [string, string];
const SAFE_SOURCES = ['$request.header.Authorization', '$context.httpMethod', '$context.path'];
const http = (properties: object) =>
  httpTemplate(
    { [GET_CDR]: 'Auth', [GET_BOOK]: 'Auth' },
    { Auth: httpAuthorizer({ ...properties }) },
  );

const KEPT = { IdentitySource: SAFE_SOURCES, AuthorizerResultTtlInSeconds: TTL };
const TEMPLATES = {
  'strict, HTTP': () => http({}),
  'bounded, HTTP': () => http(KEPT),
  'bounded, REST': () =>
    restTemplate(
      { [GET_CDR]: 'Auth', [GET_BOOK]: 'Auth' },
      { Auth: restAuthorizer({ AuthorizerResultTtlInSeconds: TTL }) },
    ),
  'flush, HTTP': () => http(KEPT),
  'flush that never gets through, HTTP': () => http(KEPT),
} satisfies Record<string, () => Template>;

export type Mode = keyof typeof TEMPLATES;
export const MODES = Object.keys(TEMPLATES) as Mode[];

/** What the authorizer has to know of the REST API, whose answers are kept. */
export const API_ANSWERS = `${shortId('bounded, REST', 'Api')}=${TTL}`;

export type Behind = RevocableService<Credential> & {
  clock: { now: () => number; step: () => void };
  /** The longest that an answer of the authorizer was on its way. */
  inFlight: () => number;
  asked: () => number;
  flushes: () => number;
  stop: () => Promise<void>;
};

export async function behindGateway(
  mode: Mode,
  service: Service,
  direct: RevocableService<Credential>,
): Promise<Behind> {
  let now = 0;
  let asked = 0;
  let longest = 0;
  const authorizer = async (event: unknown) => {
    const began = now;
    asked += 1;
    try {
      return await service.authorizer(event as never);
    } finally {
      longest = Math.max(longest, now - began);
    }
  };
  const invoke = async (arn: string, event: unknown) =>
    arn.endsWith(':authorizer') ? authorizer(event) : echo(event);
  const stack = resolveStack(TEMPLATES[mode](), { name: mode });
  const clock = () => now;
  const gateway = await startGateway({ stack, invoke, clock, port: 0 });
  const flushed = mode.includes('never') ? 'gone' : gateway.api.id;
  const flusher = mode.startsWith('flush')
    ? await startFlusher(service, gateway, flushed)
    : undefined;

  return {
    ...direct,
    async call({ token }, route) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(gateway.url + ROUTES[route], { headers });
      await response.arrayBuffer();
      return response.status;
    },
    clock: {
      now: clock,
      step: () => {
        now += STEP;
      },
    },
    inFlight: () => longest,
    asked: () => asked,
    flushes: () => flusher?.done() ?? 0,
    stop: async () => {
      await flusher?.stop();
      await gateway.stop();
    },
  };
}
