/**
 * A mail relay of somebody else's making (smtp-server), which answers as a test wants it to.
 */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the relay answers with, where it does not take something. */
export class Reply extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

type Step = 'MAIL' | 'RCPT' | 'DATA';
type Refusal = { at: Step; reply: Reply };
type Taken = { from: string; to: string[]; raw: Buffer; secure: boolean; user: string };
export type Relay = Awaited<ReturnType<typeof startRelay>>;

export async function startRelay(options: SMTPServerOptions = {}) {
  const taken: Taken[] = [];
  const refusals: Refusal[] = [];
  const connections = { count: 0 };
  const replyTo = (at: Step): Reply | undefined => {
    if (refusals[0]?.at !== at) return undefined;
    return refusals.shift()?.reply;
  };
  const server = new SMTPServer({
    disableReverseLookup: true,
    authOptional: true,
    ...(options.secure || options.key ? {} : { disabledCommands: ['STARTTLS'] }),
    ...options,
    onConnect(_session, done) {
      connections.count += 1;
      done();
    },
    onMailFrom: (_address, _session, done) => done(replyTo('MAIL')),
    onRcptTo: (_address, _session, done) => done(replyTo('RCPT')),
    onData(stream, { envelope, secure, user }, done) {
      void buffer(stream).then((raw) => {
        const reply = replyTo('DATA');
        if (reply) return done(reply);
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom ? mailFrom.address : '';
        const to = rcptTo.map(({ address }) => address);
        taken.push({ from, to, raw, secure, user: String(user ?? '') });
        done();
      });
    },
  });
  server.on('error', () => {}); // of a connection that a test has broken
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', () => listening()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    taken,
    /** Once each, in this order. */
    refuse: (...wanted: Refusal[]) => void refusals.push(...wanted),
    connections,
    stop: () => new Promise<void>((closed) => void server.close(() => closed())),
  };
}
