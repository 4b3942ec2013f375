/** The mailbox of the local stack: it catches mails, and shows them to this machine alone. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../dev/mailbox/messages.ts';
import { type Mailbox, startMailbox } from '../../dev/mailbox.ts';
import { freePorts } from '../../dev/ports.ts';
import { composeMime } from '../../lib/http/mime.ts';
import { smtpTransport } from '../../lib/http/smtp.ts';

let mailbox: Mailbox;
let smtp: number;
beforeAll(async () => {
  const page = await freePorts(2);
  smtp = page + 1;
  mailbox = await startMailbox({ page, smtp });
});
afterAll(() => mailbox.stop());

const LINK = 'https://auth.example.com/account/x?secret=abc&ui_locales=en';
async function send(to: string, subject = 'Hello', html = `<p><a href="${LINK}">Go</a></p>`) {
  const raw = await composeMime({
    from: { name: 'Latchkey', address: 'no-reply@example.com' },
    ...{ to, subject, html, text: `Go:\n${LINK}\n`, language: 'en' },
    messageId: 'id@example.com',
    date: new Date(),
  });
  const relay = smtpTransport(
    { host: '127.0.0.1', port: smtp, tls: 'none' },
    async () => undefined,
  );
  return relay({ from: 'no-reply@example.com', to, raw });
}
const get = (path: string) => fetch(mailbox.url + path);
const messages = async (to: string) =>
  ((await (await get(`/messages?to=${encodeURIComponent(to)}`)).json()) as { items: Message[] })
    .items;
/** Of an answer to a request under another host name. */
const statusUnder = (host: string) =>
  new Promise((resolve) => {
    request(`${mailbox.url}/messages`, { headers: { host } }, ({ statusCode }) =>
      resolve(statusCode),
    ).end();
  });

test('what is sent is there, newest first, with the links that are in it', async () => {
  expect(await send('joe@example.org', 'First')).toEqual({ status: 'taken' });
  await send('Joe@example.org', 'Second');
  await send('jim@example.org');
  const items = await messages('JOE@example.org');
  expect(items.map(({ subject }) => subject)).toEqual(['Second', 'First']);
  expect(items[1]).toMatchObject({
    from: '"Latchkey" <no-reply@example.com>',
    to: ['joe@example.org'],
    links: [LINK],
    headers: { 'auto-submitted': 'auto-generated' },
  });
  const one = await get(`/messages/${items[0]?.id}`);
  expect(await one.json()).toMatchObject({ subject: 'Second' });
});

describe('a person', () => {
  test('sees the list, a mail as text and in a frame, and nothing of it runs', async () => {
    await send(
      'jane@example.org',
      '<b>& "co"',
      '<head></head><p id="x">Hi</p><script>alert(1)</script>',
    );
    const [mail] = await messages('jane@example.org');
    const list = await (await get('/')).text();
    expect(list).toContain(`<a href="/mails/${mail?.id}">&lt;b&gt;&amp; &quot;co&quot;</a>`);
    const page = await get(`/mails/${mail?.id}`);
    expect(await page.text()).toContain(
      '<iframe sandbox="allow-popups allow-top-navigation-by-user-activation"',
    );
    const framed = await get(`/mails/${mail?.id}/html`);
    expect(framed.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*; sandbox allow-popups/,
    );
    expect(await framed.text()).toContain('<base target="_top">');
  });

  test('sees each template, in both languages', async () => {
    const page = await (await get('/templates')).text();
    const links = [...page.matchAll(/href="(\/templates\/[^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(25);
    for (const link of links) expect(await (await get(link)).text(), link).toContain('Latchkey');
  });
});

describe('nobody else', () => {
  test.each(['evil.example', `evil.example:80`, '127.0.0.1.evil.example'])(
    'reads it under the name %s (DNS rebinding)',
    async (host) => expect(await statusUnder(host)).toBe(404),
  );

  test('reads it from a page of another origin', async () => {
    const { headers } = await fetch(`${mailbox.url}/messages`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    '/mails/999',
    '/messages/999',
    '/templates/x/en',
    '/templates/unlock/de',
    '/mails/1/x',
    '/x',
  ])('finds anything at %s', async (path) => expect((await get(path)).status).toBe(404));

  test('changes it', async () =>
    expect((await fetch(`${mailbox.url}/messages`, { method: 'DELETE' })).status).toBe(404));
});

test('of many mails the last five hundred are kept', async () => {
  const { keepMessages } = await import('../../dev/mailbox/messages.ts');
  const kept = keepMessages();
  for (let count = 0; count < 520; count++)
    await kept.add(Buffer.from(`Subject: ${count}\r\n\r\n`), ['joe@example.org']);
  expect(kept.list()).toHaveLength(500);
  expect(kept.list()[0]?.subject).toBe('519');
});
