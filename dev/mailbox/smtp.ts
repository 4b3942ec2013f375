/**
 * The relay of the local stack: takes every mail and sends none on. On loopback alone, so without TLS and
 * without a login.
 *
 * @module
 */
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Messages } from './messages.ts';

/** Bytes. */
const MOST = 1_000_000;

export async function startSmtp(
  messages: Messages,
  port: number,
): Promise<{ stop(): Promise<void> }> {
  const server = new SMTPServer({
    banner: 'the mailbox of a local Latchkey',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MOST,
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then((raw) => messages.add(raw, to))
        .then(() => done(), done);
    },
  });
  server.on('error', () => {}); // of a connection that broke
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return { stop: () => new Promise((closed) => server.close(closed)) };
}
