/**
 * The mails that were caught, in memory: the last ones, newest first.
 *
 * @module
 */
import { simpleParser } from 'mailparser';

export interface Message {
  id: string;
  /** ISO 8601; when it came. */
  at: string;
  from: string;
  /** Of the envelope: to whom it was really sent. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** All URLs in the text, in their order. */
  links: string[];
  headers: Record<string, string>;
  size: number;
}

export interface Messages {
  add(raw: Buffer, to: readonly string[]): Promise<void>;
  /** Newest first. @param to - An address, whatever its case. */
  list(to?: string): Message[];
  find(id: string): Message | undefined;
}

const MOST = 500;

export function keepMessages(): Messages {
  const messages: Message[] = [];
  let count = 0;
  return {
    async add(raw, to) {
      const parsed = await simpleParser(raw, { skipTextToHtml: true });
      const text = parsed.text ?? '';
      messages.unshift({
        id: String(++count),
        at: new Date().toISOString(),
        from: parsed.from?.text ?? '',
        to: [...to],
        subject: parsed.subject ?? '',
        text,
        html: parsed.html || '',
        links: text.match(/https?:\/\/\S+/g) ?? [],
        headers: Object.fromEntries(
          parsed.headerLines.map(({ key, line }) => [
            key,
            line.slice(line.indexOf(':') + 1).trim(),
          ]),
        ),
        size: raw.length,
      });
      messages.length = Math.min(messages.length, MOST);
    },
    list: (to) => messages.filter((one) => to === undefined || isFor(one, to)),
    find: (id) => messages.find((one) => one.id === id),
  };
}

const isFor = ({ to }: Message, address: string): boolean =>
  to.some((one) => one.toLowerCase() === address.toLowerCase());
