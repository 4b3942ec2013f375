/** The local stack by https: its certificate, and the gateways that serve with it. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { localCertificate } from '../../dev/certificate.ts';
import { serve } from '../../dev/gateway/server.ts';
import { readHttps } from '../../dev/scheme.ts';
import { commandsToTry, howToTrust } from '../../dev/try.ts';

const DAY = 86_400_000;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-https-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('the certificate', () => {
  test('is for this machine under all its names, and for no other', async () => {
    const { cert } = await localCertificate(folder());
    const x509 = new X509Certificate(cert);
    expect(x509.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
  });

  test('is no authority that could sign for other names', async () => {
    const { cert } = await localCertificate(folder());
    expect(new X509Certificate(cert).ca).toBe(false);
  });

  test('lives no longer than systems trust, 825 days', async () => {
    const { validFromDate, validToDate } = new X509Certificate(
      (await localCertificate(folder())).cert,
    );
    expect(validFromDate.getTime()).toBeLessThan(Date.now());
    expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThanOrEqual(825 * DAY);
  });

  test('stays the same at the next start, so that it is trusted once', async () => {
    const dir = folder();
    expect(await localCertificate(dir)).toEqual(await localCertificate(dir));
  });

  test('has a key that nobody else can read', async () => {
    const dir = folder();
    await localCertificate(dir);
    expect(statSync(join(dir, 'tls-key.pem')).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['has ended', (dir: string) => localCertificate(dir, Date.now() - 900 * DAY)],
    ['ends today', (dir: string) => localCertificate(dir, Date.now() - 822.5 * DAY)],
    [
      'is damaged',
      async (dir: string) => {
        await localCertificate(dir);
        writeFileSync(join(dir, 'tls-cert.pem'), 'damaged');
      },
    ],
    [
      'has a damaged key',
      async (dir: string) => {
        await localCertificate(dir);
        writeFileSync(join(dir, 'tls-key.pem'), 'damaged');
      },
    ],
    [
      'has the key of another',
      async (dir: string) => {
        const other = folder();
        await localCertificate(other);
        await localCertificate(dir);
        writeFileSync(join(dir, 'tls-key.pem'), readFileSync(join(other, 'tls-key.pem')));
      },
    ],
  ])('that %s is made anew', async (_case, prepare) => {
    const dir = folder();
    await prepare(dir);
    const { cert, key, file } = await localCertificate(dir);
    expect(new X509Certificate(cert).validToDate.getTime()).toBeGreaterThan(Date.now() + DAY);
    expect(readFileSync(file, 'utf8')).toBe(cert);
    await expect(handshake(cert, key)).resolves.toBe(true);
  });
});

/** @returns Whether a client that trusts just this certificate accepts it. */
async function handshake(cert: string, key: string): Promise<boolean> {
  const gateway = await start({ cert, key });
  const socket = connect({ port: gateway.port, host: '127.0.0.1', ca: cert });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket.authorized)).once('error', reject);
  });
}

async function start(tls?: { cert: string; key: string }) {
  const gateway = await serve(
    async ({ headers }) => ({ status: 200, headers: [], body: JSON.stringify(headers) }),
    { port: 0, clock: Date.now, tls },
  );
  onTestFinished(() => gateway.stop());
  return gateway;
}

describe('a gateway', () => {
  const call = (url: string, options: { ca?: string | string[] } = {}) =>
    new Promise<Record<string, string>>((resolve, reject) => {
      get(url, options, (answer) => resolve(json(answer) as never)).once('error', reject);
    });

  test('by https is reached by who trusts its certificate, as 127.0.0.1 and as localhost', async () => {
    const { cert, key } = await localCertificate(folder());
    const { url, port } = await start({ cert, key });
    expect(url).toBe(`https://127.0.0.1:${port}`);
    for (const place of [url, `https://localhost:${port}`])
      expect(await call(place, { ca: cert })).toMatchObject({ 'x-forwarded-proto': 'https' });
  });

  test('is told apart from that of another folder, by who trusts both', async () => {
    const [one, another] = await Promise.all([
      localCertificate(folder()),
      localCertificate(folder()),
    ]);
    const { url } = await start(another);
    const ca = [one.cert, another.cert];
    expect(await call(url, { ca })).toMatchObject({ 'x-forwarded-proto': 'https' });
  });

  test('by https is refused by who does not', async () => {
    const { url } = await start(await localCertificate(folder()));
    await expect(call(url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('without a certificate serves http, as ever', async () => {
    const { url, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const answer = await (await fetch(url)).json();
    expect(answer).toMatchObject({ 'x-forwarded-proto': 'http' });
  });
});

describe('the setting HTTPS', () => {
  test.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('%j is %j', (given, wanted) => expect(readHttps(given)).toBe(wanted));

  test('else is refused, since nobody is to believe that it works', () =>
    expect(() => readHttps('yes')).toThrow('HTTPS has to be 1 or 0, not yes'));

  test('gives commands that trust the certificate, and says how others do', () => {
    const urls = {
      service: 'https://127.0.0.1:1',
      http: 'h',
      rest: 'r',
      websocket: 'w',
      graphql: 'g',
      console: 'c',
      mailbox: 'm',
    };
    const commands = commandsToTry(urls, '/data/tls-cert.pem');
    expect(commands).toContain("curl --cacert '/data/tls-cert.pem' -s https://127.0.0.1:1/login");
    expect(commands.match(/curl (?!--cacert)/g)).toBeNull();
    expect(commands).toContain("NODE_EXTRA_CA_CERTS='/data/tls-cert.pem' npx node -e");
    expect(commandsToTry(urls)).not.toMatch(/--cacert|CA_CERTS/);
    expect(howToTrust('/data/tls-cert.pem')).toContain("NODE_EXTRA_CA_CERTS='/data/tls-cert.pem'");
  });
});
