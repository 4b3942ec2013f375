/**
 * The verdict as a middleware for middy, in front of a handler of your own: a typed caller in the event, and
 * refusals with the statuses and headers that API Gateway's authorizers cannot give.
 *
 *   export const handler = middy<APIGatewayProxyEventV2>()
 *     .use(latchkey({ verifier: createVerifier({ … }) }))
 *     .handler(async (event) => ({ statusCode: 200, body: event.latchkey.caller.subject }));
 *
 * In:     events of HTTP APIs (payload 1.0 and 2.0), REST APIs, function URLs and load balancers
 * Out:    `event.latchkey` for an allowed call; else the answer, and your handler is not called:
 *         401 with a challenge, 403 `insufficient_scope` with the scope that would do, 429 and 503 with
 *         Retry-After
 * Shape:  problem details (RFC 9457), or `{ error, error_description }` (RFC 6749 §5.2)
 * Errors: any other fault is thrown, so your own error handling answers it: never an allowed call.
 * NOT done: `own` leaves it to you to show the caller only what is the caller's own. Who answers
 *         preflights puts that before this: they carry no credential, and are refused here.
 *
 * It knows middy by the shape of a middleware alone, so any version that has it will do.
 *
 * @module
 * @see RFC 6750 §3 (challenges), RFC 6585 §4 (429), RFC 9110 §10.2.3 (Retry-After)
 */
import { AuthError, Fault } from './errors.ts';
import { challengeOf } from './http/challenge.ts';
import { credentialOf } from './http/credential.ts';
import { lowerCased } from './http/request.ts';
import type { Verification, VerifiedCaller, Verifier } from './verify.ts';

export interface Allowed {
  caller: VerifiedCaller;
  resource: string;
  action: 'c' | 'r' | 'u' | 'd';
  /** Only what is the caller's own. */
  own: boolean;
}
/** For your log: the caller is not told `reason`. */
export interface Refused {
  status: 401 | 403 | 429 | 503;
  /** Which check it was, of a fixed list. */
  rule: string;
  reason: string;
  /** Where somebody is proven to call. */
  caller?: VerifiedCaller;
}
export interface LatchkeyOptions {
  verifier: Verifier;
  /** `problem` (RFC 9457) unless it is said. */
  shape?: 'problem' | 'oauth';
  /**
   * What stands before the path that is registered: a stage other than `$default`, a mapping key. A request
   * that is not below it is a fault.
   */
  basePath?: string;
  /** Tells the caller why it is refused: which letter on which resource its roles or scope lack. */
  tellReason?: boolean;
  /** A limit of your own, asked for allowed calls: seconds until it may be called again, or nothing. */
  retryAfter?: (allowed: Allowed) => number | undefined | Promise<number | undefined>;
  log?: (refused: Refused) => void;
}

/** Of each kind of event what is looked at. */
export interface CalledEvent {
  headers?: Readonly<Record<string, string | undefined>> | null;
  multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  rawPath?: string;
  path?: string;
  httpMethod?: string;
  requestContext?: { stage?: string; http?: { method: string } };
}
export interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}
export interface Middleware {
  before: (request: { event: CalledEvent & { latchkey: Allowed } }) => Promise<Answer | undefined>;
}

/** Seconds, when something we lean on is down. */
const RETRY_AFTER = 2;

export function latchkey(options: LatchkeyOptions): Middleware {
  const { verifier, basePath, retryAfter, log = () => {} } = options;
  const refuse = (refused: Refused, more: Record<string, string>): Answer => {
    log(refused);
    return answerOf(refused, more, options);
  };
  return {
    async before({ event }) {
      const headers = headersOf(event);
      const verdict = await verifier.verify(headers, callOf(event, basePath)).catch(outage);
      if (verdict.status !== 'allowed') {
        const { challenge, ...refused } = refusalOf(verdict, headers);
        return refuse(refused, challenge);
      }
      const { status: _, ...allowed } = verdict;
      const wait = await retryAfter?.(allowed);
      if (wait !== undefined) {
        const { caller } = allowed;
        const reason = 'the limit of the API is reached';
        const after = { 'retry-after': String(Math.ceil(wait)) };
        return refuse({ status: 429, rule: 'too-many-requests', reason, caller }, after);
      }
      event.latchkey = allowed;
      return undefined;
    },
  };
}

type Down = { status: 'down'; reason: string };

function outage(error: unknown): Down {
  if (error instanceof AuthError && error.said.code === 'temporarily_unavailable')
    return { status: 'down', reason: error.said.reason };
  throw error;
}

type Challenged = Refused & { challenge: Record<string, string> };

function refusalOf(
  verdict: Exclude<Verification, { status: 'allowed' }> | Down,
  headers: Record<string, string>,
): Challenged {
  const { reason } = verdict;
  if (verdict.status === 'down') {
    const challenge = { 'retry-after': String(RETRY_AFTER) };
    return { status: 503, rule: 'service-unavailable', reason, challenge };
  }
  if (verdict.status === 'unauthenticated') {
    // Who sent none has done nothing wrong yet (RFC 6750 §3.1).
    const isSent = credentialOf(headers).status !== 'missing';
    const challenge = challengeOf(isSent ? 'invalid_token' : undefined);
    return { status: 401, rule: 'token-invalid', reason, challenge };
  }
  const { rule, caller, resource, action } = verdict;
  const challenge = challengeOf('insufficient_scope', { resource, action });
  return { status: 403, rule, reason, caller, challenge };
}

const SAID: Readonly<
  Record<Refused['status'], readonly [title: string, code: string, text: string]>
> = {
  401: ['Unauthorized', 'invalid_token', 'A valid access token or API key is needed.'],
  403: ['Forbidden', 'insufficient_scope', 'The caller may not do this.'],
  429: ['Too Many Requests', 'too_many_requests', 'Too many calls. Try again later.'],
  503: ['Service Unavailable', 'temporarily_unavailable', 'Try again in a moment.'],
};

function answerOf(
  { status, rule, reason }: Refused,
  more: Record<string, string>,
  { shape = 'problem', tellReason = false }: LatchkeyOptions,
): Answer {
  const [title, code, text] = SAID[status];
  const detail = tellReason && status === 403 ? `${text} ${reason}` : text;
  const isProblem = shape === 'problem';
  const body = isProblem
    ? { type: 'about:blank', title, status, detail, code, rule }
    : { error: code, error_description: detail.replaceAll('"', "'") };
  const type = isProblem ? 'application/problem+json' : 'application/json';
  const headers = { 'content-type': type, 'cache-control': 'no-store', ...more };
  return { statusCode: status, headers, body: JSON.stringify(body) };
}

const headersOf = ({ headers, multiValueHeaders }: CalledEvent): Record<string, string> => ({
  ...lowerCased({ ...headers }),
  ...lowerCased(
    Object.fromEntries(
      Object.entries(multiValueHeaders ?? {}).map(([name, all]) => [name, all?.join(',')]),
    ),
  ),
});

/** @throws Fault where nobody can tell by the text which part of the path is the API's. */
function callOf(event: CalledEvent, basePath: string | undefined) {
  const { rawPath, path: given, httpMethod, requestContext = {} } = event;
  const { stage = '$default', http } = requestContext;
  const [method, path] = [http?.method ?? httpMethod, rawPath ?? given];
  if (method === undefined || path === undefined)
    throw new Fault('an event without method or path');
  if (basePath === undefined) {
    if (rawPath !== undefined && stage !== '$default')
      throw new Fault(
        'an API with a stage of its own name: say what stands before the path, by basePath',
      );
    return { method, path };
  }
  const base = basePath.replace(/\/$/, '');
  if (path !== base && !path.startsWith(`${base}/`))
    throw new Fault('a request that is not below basePath');
  return { method, path: path.slice(base.length) || '/' };
}
