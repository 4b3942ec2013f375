/**
 * Pages that call the example APIs: in Chromium, from an origin of their own, through the local gateway and
 * the real authorizer, by the templates as they are deployed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanups } from '../../dev/cleanups.ts';
import { startGateway } from '../../dev/gateway/start.ts';
import { packageService } from '../../dev/package.ts';
import { EXAMPLE_CODE } from '../../dev/services.ts';
import { resolveStack } from '../../dev/template.ts';
// @ts-expect-error: an example is plain JavaScript.
import * as graph from '../../examples/protected-api/graph.mjs';
import type { Event, Functions } from '../support/gateways/gateway.ts';
import { type Credential, type Service, startService } from '../support/running/service.ts';
import { startChromium } from '../support/web/chromium.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';
const CONSOLE = 'https://console.example.com';
const folder = mkdtempSync(join(tmpdir(), 'latchkey-browser-'));
const closing = cleanups();
let service: Service;
let chromium: Browser;
let user: Credential;
/** How often the authorizer was asked. */
let asked = 0;
const urls: Record<string, string> = {};
let page: Page;
let stranger: Page;

beforeAll(async () => {
  service = await startService();
  closing.add(() => service.stop());
  user = await service.login('200@mydomain.com');
  chromium = await startChromium();
  closing.add(() => chromium.close());
  const [own, other] = [await servePage(), await servePage()];
  process.env['ALLOWED_ORIGIN'] = own;
  closing.add(() => {
    delete process.env['ALLOWED_ORIGIN'];
  });
  // @ts-expect-error: an example is plain JavaScript.
  const handler = await import('../../examples/protected-api/handler.mjs');
  const functions: Functions = {
    authorizer: (async (event: Event) => {
      asked += 1;
      return (service.authorizer as unknown as (event: Event) => unknown)(event);
    }) as never,
    'latchkey-example-http-dev-api': withoutCors(handler.echo),
    'latchkey-example-http-dev-preflight': handler.preflight,
    'latchkey-example-rest-dev-api': handler.echo,
    'latchkey-example-appsync-dev-resolve': graph.resolve,
  };
  for (const kind of ['http', 'rest', 'appsync']) urls[kind] = await start(kind, functions, own);
  [page, stranger] = [await open(own), await open(other)];
});
afterAll(async () => {
  await closing.run();
  rmSync(folder, { recursive: true, force: true });
});

/** The function of the HTTP API has no such setting. */
const withoutCors = (echo: (event: Event) => Promise<{ headers: Record<string, string> }>) =>
  (async (event: Event) => {
    const answer = await echo(event);
    const { 'access-control-allow-origin': _, ...headers } = answer.headers;
    return { ...answer, headers };
  }) as never;

async function servePage(): Promise<string> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Page</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.add(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function open(origin: string): Promise<Page> {
  const opened = await (await chromium.newContext()).newPage();
  await opened.goto(origin);
  return opened;
}

async function start(kind: string, functions: Functions, allowedOrigin: string): Promise<string> {
  const name = `latchkey-example-${kind}-dev`;
  const source = { name, dir: join(EXAMPLE_CODE, kind), params: { allowedOrigin } };
  const template = await packageService(source, folder, new AbortController().signal);
  const imports = { 'latchkey-dev-authorizer-arn': ARN, 'latchkey-dev-console-url': CONSOLE };
  const stack = resolveStack(template, { name, imports });
  const invoke = async (arn: string, event: unknown) => {
    const run = functions[arn.split(':').at(-1) ?? ''];
    if (!run) throw new Error(`no function ${arn}`);
    return JSON.parse(JSON.stringify(await run(JSON.parse(JSON.stringify(event))))) as unknown;
  };
  const gateway = await startGateway({ stack, invoke, clock: Date.now, port: 0 });
  closing.add(() => gateway.stop());
  return gateway.url;
}

type Seen = { status: number; body: unknown; challenge: string | null } | string;
type Sent = { url: string; method: string; headers: Record<string, string>; body?: string };
type Call = { method?: string; token?: string; body?: string };

/** What a script of the page gets to see. */
const callFrom = (from: Page, url: string, { method = 'GET', token, body }: Call = {}) =>
  from.evaluate<Seen, Sent>(
    async ({ url, ...init }) => {
      try {
        const answer = await fetch(url, init);
        const challenge = answer.headers.get('www-authenticate');
        return { status: answer.status, body: await answer.json(), challenge };
      } catch (error) {
        return String(error);
      }
    },
    {
      url,
      method,
      ...(body !== undefined && { body }),
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: token }),
      },
    },
  );
const bearer = () => `Bearer ${user.token}`;
const NOTHING = 'TypeError: Failed to fetch';

describe.each(['http', 'rest'])('R7: a page that calls the %s example', (kind) => {
  const at = (path: string) => `${urls[kind]}${path}`;

  test.each(['GET', 'POST', 'PATCH', 'DELETE'])(
    'reads the answer to an allowed %s',
    async (method) => {
      const seen = await callFrom(page, at('/book/1'), { method, token: bearer() });
      expect(seen).toMatchObject({
        status: 200,
        body: { caller: { username: '200@mydomain.com' } },
      });
    },
  );

  test('is asked for no credential by the preflight: the authorizer hears of the call alone', async () => {
    const before = asked;
    await callFrom(page, at('/cdr/2'), { method: 'GET', token: bearer() });
    expect(asked - before).toBe(1);
    const headers = {
      origin: await page.evaluate('origin'),
      'access-control-request-method': 'PUT',
    };
    const preflight = await fetch(at('/cdr/3'), { method: 'OPTIONS', headers } as RequestInit);
    expect(preflight.ok).toBe(true);
    expect(asked - before).toBe(1);
  });

  test.each<[string, string | undefined]>([
    ['no token', undefined],
    ['a token that is none', 'Bearer x.y.z'],
  ])('reads the 401 of %s, and so can sign in again', async (_case, token) => {
    const seen = await callFrom(page, at('/cdr'), token === undefined ? {} : { token });
    expect(seen).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
  });

  test('reads the 403 of what the role may not do', async () => {
    const seen = await callFrom(page, at('/cdr/1'), { method: 'DELETE', token: bearer() });
    expect(seen).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
  });

  test('of another origin reads nothing, with a token or without', async () => {
    expect(await callFrom(stranger, at('/cdr'), { token: bearer() })).toBe(NOTHING);
    expect(await callFrom(stranger, at('/cdr'))).toBe(NOTHING);
  });
});

test('R7: the challenge of the REST example is there to be read', async () => {
  const seen = await callFrom(page, `${urls['rest']}/cdr`);
  expect(seen).toMatchObject({ status: 401, challenge: 'Bearer' });
});

describe('R7: a page that calls the AppSync example', () => {
  const body = JSON.stringify({ query: '{ calls { id } }' });

  test('reads data, and the 401 of no valid token', async () => {
    const call = { method: 'POST', body };
    const seen = await callFrom(page, urls['appsync'] ?? '', { ...call, token: user.token });
    expect(seen).toMatchObject({ status: 200, body: { data: { calls: expect.any(Array) } } });
    const refused = await callFrom(page, urls['appsync'] ?? '', { ...call, token: 'x.y.z' });
    expect(refused).toMatchObject({ status: 401, body: { errors: [expect.any(Object)] } });
  });
});

test('R7: what docs/browser.md shows is in the examples', () => {
  const text = readFileSync('docs/browser.md', 'utf8');
  for (const [title, kind] of [
    ['HTTP API', 'http'],
    ['REST API', 'rest'],
  ] as const) {
    const [, shown = ''] = text.split(`## ${title}\n\n\`\`\`yaml\n`)[1]?.match(/^([^`]+)```/) ?? [];
    const example = readFileSync(join(EXAMPLE_CODE, kind, 'serverless.yml'), 'utf8');
    const lines = new Set(example.split('\n').map((line) => line.trim()));
    const wanted = shown.split('\n').map((line) => line.trim());
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((line) => line !== '' && !lines.has(line))).toEqual([]);
  }
});
