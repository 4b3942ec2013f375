/**
 * Carries out an order for a mail: finds out whom it is for, makes what it needs, and sends it.
 *
 * Once: an order that comes twice is held by one, and when it is carried out nobody sends it again. Where
 * we die after a mail was taken and before that is written down, it is sent a second time, under the same
 * Message-ID.
 *
 * Not to everybody: an address from which mails came back gets none, and no address more than so many an
 * hour. What others asked for (5 of a purpose, 12 in all) takes nothing from notices: whoever has taken over
 * an account must not be able to use up by it what warns its owner.
 *
 * Not late: what somebody asked for is worth nothing to them after a while.
 *
 * Errors: any; all mean "try again". An order that makes no sense is one of them, and ends as a dead letter.
 *
 * @module
 */
import * as v from 'valibot';
import { MailOrder } from '../account/mail-order.ts';
import { sha256 } from '../crypto.ts';
import { unavailable } from '../errors.ts';
import { logNotice, logRefusal } from '../log.ts';
import type { Transport } from '../mail-message.ts';
import type { Metrics } from '../metrics.ts';
import {
  countMail,
  finishOrder,
  holdOrder,
  type MostAnHour,
  markUndeliverable,
  readUndeliverable,
  releaseOrder,
} from '../store/sessions/mail.ts';
import { after, between, type Instant, seconds } from '../time.ts';
import { letterOfAsked } from './asked.ts';
import type { About, Letter, Unsent, WriteServices } from './letter.ts';
import { letterOfLink } from './linked.ts';
import { letterOfNotice } from './noticed.ts';

export type DeliverServices = Omit<WriteServices, 'admit'> & {
  /** @param id - Of the order: what its Message-ID is made of. @returns The whole message. */
  compose: (letter: Letter, id: string) => Promise<Buffer>;
  transport: Transport;
  from: string;
  metrics: Metrics;
  now: () => Instant;
};

/** `sentAt`: when it was ordered. */
type Received = { id: string; sentAt: Instant; order: unknown };

/** Longer than the function runs. */
const HOLD = seconds(60);

export async function deliverMail(services: DeliverServices, received: Received): Promise<void> {
  const order = v.parse(MailOrder, received.order);
  const id = order.kind === 'notice' ? sha256(order.id).toString('hex') : received.id;
  const { sessions } = services.tables;
  const now = services.now();
  const turn = await holdOrder(sessions, id, { now, until: after(now, HOLD) });
  if (turn === 'over') return;
  if (turn === undefined) throw unavailable('the order is held by another one');
  try {
    await carryOut(services, {
      order,
      id,
      isFirst: turn === 1,
      age: between(received.sentAt, now),
    });
  } catch (error) {
    await releaseOrder(sessions, id);
    throw error;
  }
  await finishOrder(sessions, id);
}

type Held = { order: MailOrder; id: string; isFirst: boolean; age: number };

async function carryOut(services: DeliverServices, held: Held): Promise<void> {
  const { order, id } = held;
  const letter = held.age > MAX_AGE[order.kind] ? 'too-old' : await letterOf(services, held);
  if (typeof letter === 'string') return tellUnsent(services, order, letter);
  const raw = await services.compose(letter, id);
  const outcome = await services.transport({ from: services.from, to: letter.to, raw });
  const { about } = letter.content;
  if (outcome.status === 'taken') {
    services.metrics.add('MailsSent', { function: 'mail', event: about });
    return logNotice('mail_sent', { about, id });
  }
  services.metrics.add('MailsRefused', { function: 'mail', event: about });
  logRefusal('mail_refused', outcome.reason, { about, id });
  const mark = { why: 'bounced', at: services.now() } as const;
  if (outcome.nobody) await markUndeliverable(services.tables.sessions, letter.to, mark);
}

/** Seconds. A notice is worth reading late; what was asked for is asked for again. */
const MAX_AGE = { asked: 1800, link: 4 * 3600, notice: 2 * 86_400 } as const;

function letterOf(all: DeliverServices, held: Held): Promise<Letter | Unsent> {
  const { order } = held;
  const now = all.now();
  const services = { ...all, admit: (to: string, about: About) => admit(all, held, to, about) };
  if (order.kind === 'asked') return letterOfAsked(services, order, now);
  if (order.kind === 'link') return letterOfLink(services, order, now);
  return letterOfNotice(services, order);
}

const MOST: Readonly<Record<MailOrder['kind'], MostAnHour>> = {
  asked: { each: 5, all: 12 },
  link: { each: 5, all: 12 },
  notice: { each: 10, all: 60 },
};

/** Counted at the first try alone. */
async function admit(
  { tables: { sessions }, now }: DeliverServices,
  { order: { kind }, isFirst }: Held,
  to: string,
  purpose: About,
): Promise<Unsent | undefined> {
  if (await readUndeliverable(sessions, to)) return 'undeliverable';
  const sent = { kind, purpose, most: MOST[kind] };
  const isFree = !isFirst || (await countMail(sessions, to, sent, now()));
  return isFree ? undefined : 'capped';
}

function tellUnsent({ metrics }: DeliverServices, order: MailOrder, why: Unsent): void {
  const purpose = order.kind === 'notice' ? order.kind : order.purpose;
  metrics.add('MailsUnsent', { function: 'mail', rule: why });
  logRefusal('mail_unsent', why, { purpose });
}
