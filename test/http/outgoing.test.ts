/** Calls to addresses that others have registered: where they may go, how long, how much. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call, type OutgoingLimits } from '../../lib/http/outgoing.ts';

const LIMITS: OutgoingLimits = { milliseconds: 1000, bytes: 1000, allowLoopback: false };
const LOCAL = { ...LIMITS, allowLoopback: true };
const get = (url: string, limits = LIMITS) => call(url, { method: 'GET' }, limits);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what is not public is refused before anything is sent', () => {
  test.each([
    '127.0.0.1',
    '127.1.2.3',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[ff02::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:db8::1]',
    '[2001::1]',
    '[::127.0.0.1]',
    'localhost',
  ])('https://%s', async (host) => {
    await expect(get(`https://${host}/`)).rejects.toThrow('an address that is not public');
  });

  test.each(['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'data:,x'])(
    '%s, which is not https',
    async (url) => {
      await expect(get(url)).rejects.toThrow('not https');
      await expect(get(url, LOCAL)).rejects.toThrow('not https');
    },
  );

  test('any address of the private ranges, however it is written', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom([10, 8], [127, 8], [0, 8]),
        fc.nat(0xff_ff_ff),
        fc.constantFrom<(n: number) => string>(
          String,
          (n) => `0x${n.toString(16)}`,
          (n) => `0${n.toString(8)}`,
        ),
        async ([net = 0], rest, write) => {
          const url = `https://${write(net * 0x1_00_00_00 + rest)}/`;
          await expect(get(url)).rejects.toThrow('an address that is not public');
        },
      ),
      { numRuns: 50 },
    ));

  test('loopback by another name still only where loopback is allowed, and nothing else with it', async () => {
    await expect(get('https://10.0.0.1/', LOCAL)).rejects.toThrow('not public');
    await expect(get('https://169.254.169.254/', LOCAL)).rejects.toThrow('not public');
    await expect(get('https://[fe80::1]/', LOCAL)).rejects.toThrow('not public');
  });
});

describe('where loopback is allowed', () => {
  test('a form arrives as it was sent, and the answer comes back', async () => {
    const url = await serve(async (request, response) => {
      const body = Buffer.concat(
        await Array.fromAsync(request as AsyncIterable<Buffer>),
      ).toString();
      response.writeHead(202).end(`${request.method} ${request.headers['content-type']} ${body}`);
    });
    const sent = { method: 'POST' as const, headers: { 'content-type': 'text/x' }, body: 'a=ä' };
    expect(await call(url, sent, LOCAL)).toEqual({ status: 202, body: 'POST text/x a=ä' });
  });

  test('a redirect is an answer, and is not followed', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    expect(await get(url, LOCAL)).toEqual({ status: 302, body: '' });
    expect(requests).toBe(1);
  });

  test('an answer that is too long is dropped', async () => {
    const url = await serve((_request, response) => {
      response.write('x'.repeat(2000));
    });
    await expect(get(url, LOCAL)).rejects.toThrow('too long');
  });

  test.each<[string, RequestListener]>([
    ['that never comes', () => {}],
    ['that never ends', (_request, response) => void response.write('x')],
    [
      'that drips',
      (_request, response) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('an answer %s is given up', async (_case, listener) => {
    const started = Date.now();
    const limits = { ...LOCAL, milliseconds: 300 };
    await expect(get(await serve(listener), limits)).rejects.toThrow('no answer in time');
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('a connection that is cut is an error', async () => {
    const url = await serve((request) => request.socket.destroy());
    await expect(get(url, LOCAL)).rejects.toThrow();
  });
});
