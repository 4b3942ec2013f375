/**
 * The mailbox of the local stack: a real SMTP server that catches all mails, and a page on a port of its own
 * that shows them.
 *
 *   GET /                        what came, newest first
 *   GET /mails/{id}              one mail; its HTML in a frame in which nothing runs
 *   GET /messages?to=ADDRESS     for scripts: { items: [{ id, at, from, to, subject, text, html, links, … }] }
 *   GET /messages/{id}           one of them
 *   GET /templates               each template, in both languages
 *
 * In memory, the last 500. There are secrets in it, so it is on loopback alone and answers under such a host.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeLetter } from '../lib/faces/pages/mail/compose.ts';
import { MAIL_LOCALES } from '../lib/mail/letter.ts';
import { isLoopback, startAwsServer } from './aws-server.ts';
import { EXAMPLES, exampleOf } from './mailbox/examples.ts';
import { keepMessages, type Messages } from './mailbox/messages.ts';
import { framed, listPage, mailPage, templatesPage } from './mailbox/pages.ts';
import { startSmtp } from './mailbox/smtp.ts';

export interface Mailbox {
  /** Of its page. */
  url: string;
  stop(): Promise<void>;
}

export async function startMailbox(ports: { page: number; smtp: number }): Promise<Mailbox> {
  const messages = keepMessages();
  const smtp = await startSmtp(messages, ports.smtp);
  const page = await startAwsServer(
    (request, response) => answer(request, response, messages),
    ports.page,
  );
  return {
    url: page.endpoint,
    stop: async () => {
      await Promise.all([smtp.stop(), page.stop()]);
    },
  };
}

type Answer = { body: string; type?: 'application/json'; policy?: string } | undefined;

/** Nothing of a mail runs, and it is nobody's page. */
const OF_MAIL =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox allow-popups allow-top-navigation-by-user-activation";
const OF_PAGE =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";

function answer(request: IncomingMessage, response: ServerResponse, messages: Messages): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const isOurs = isLoopback(request.headers.host) && request.method === 'GET';
  const found = isOurs ? answerOf(url, messages) : undefined;
  response.writeHead(found ? 200 : 404, {
    'content-type': `${found?.type ?? 'text/html'}; charset=utf-8`,
    'content-security-policy': found?.policy ?? OF_PAGE,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(found?.body ?? 'There is no such mail.\n');
}

function answerOf({ pathname, searchParams }: URL, messages: Messages): Answer {
  const to = searchParams.get('to') ?? undefined;
  const [, kind = '', name = '', part] = pathname.split('/');
  if (pathname === '/') return { body: listPage(messages.list(to)) };
  if (kind === 'templates') return name === '' ? { body: templatesPage() } : previewOf(name, part);
  if (pathname === '/messages') return json({ items: messages.list(to) });
  const message = messages.find(name);
  if (!message) return undefined;
  if (kind === 'messages' && part === undefined) return json(message);
  if (kind !== 'mails') return undefined;
  if (part === 'html') return { body: framed(message.html), policy: OF_MAIL };
  return part === undefined ? { body: mailPage(message) } : undefined;
}

const json = (value: object): Answer => ({
  body: `${JSON.stringify(value, undefined, 2)}\n`,
  type: 'application/json',
});

function previewOf(name: string, language: string | undefined): Answer {
  const about = EXAMPLES.find((one) => one === name);
  const locale = MAIL_LOCALES.find((one) => one === language);
  if (!about || !locale) return undefined;
  return { body: framed(writeLetter(exampleOf(about, locale)).html), policy: OF_MAIL };
}
