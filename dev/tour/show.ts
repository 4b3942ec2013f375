/**
 * Requests and answers, as text for people. Whatever is as long as a token or a key is cut short:
 * the output of a tour ends in terminals and reports. The passwords are the documented ones.
 *
 * @module
 */
import { STATUS_CODES } from 'node:http';

export type Request = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
};
export type Answer = { status: number; text: string };

const SHOWN = 8;

const shortened = (text: string): string =>
  text.replace(/[\w.~-]{30,}/g, (long) => `${long.slice(0, SHOWN)}…`);

export const showRequest = ({ method, url, headers, body }: Request): string =>
  shortened(
    [
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(body === undefined ? [] : ['', body]),
    ].join('\n'),
  );

export const showAnswer = ({ status, text }: Answer, documented: number): string => {
  const line = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const verdict = status === documented ? line : `${line}   << ${documented} is documented`;
  return text === '' ? verdict : `${verdict}\n${shortened(text)}`;
};

export const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');
