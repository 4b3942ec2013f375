/**
 * How each kind of setting is written, and what it is then.
 *
 * Errors: ConfigError, which says the rule and repeats no value.
 *
 * @module
 */
import { type Seconds, seconds } from './time.ts';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const text = (value: string): string => value;
export const duration = (value: string): Seconds => {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new ConfigError('must be a whole number of seconds');
  return seconds(Number(value));
};
/** A verifier that meets a key it does not know asks for the published ones at most once a minute. */
export const propagation = (value: string): Seconds => {
  const time = duration(value);
  if (time < 60) throw new ConfigError('must be at least 60 seconds');
  return time;
};
/** A revocation may take so much longer, so more than a minute is surely a mistake. */
export const milliseconds = (value: string): number => {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 60_000)
    throw new ConfigError('must be a whole number of milliseconds, at most 60000');
  return Number(value);
};
/** The function waits for it, and has half a minute in all. */
export const interval = (value: string): Seconds => {
  const time = duration(value);
  if (time > 20) throw new ConfigError('must be at most 20 seconds');
  return time;
};
/** Such as 0.1: of a thousand, one. */
export const percent = (value: string): number => {
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(value) || Number(value) > 100)
    throw new ConfigError('must be a percentage from 0 to 100');
  return Number(value);
};
export const days = (value: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new ConfigError('must be a whole number of days');
  return Number(value);
};
export const daysOrNone = (value: string): number => (value === '0' ? 0 : days(value));
/** A list in one variable: `a, b`; empty for none. */
export const list = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
export const flag = (value: string): boolean => {
  if (value !== 'true' && value !== 'false') throw new ConfigError('must be true or false');
  return value === 'true';
};
/** An issuer is compared as a string by every client, so its one spelling is enforced (RFC 8414 §2). */
export const issuer = (value: string): string => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const loopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)))
    throw new ConfigError('must be an https URL (http is for loopback only)');
  const canonical = url.origin + url.pathname.replace(/\/$/, '');
  if (value !== canonical)
    throw new ConfigError('must have no query, fragment, user, default port or trailing slash');
  return value;
};

/** Spelt like an issuer; empty where there is none. */
export const place = (value: string): string => (value === '' ? '' : issuer(value));

/** Of pages in a browser, which compares them as strings; `*` is any (Fetch Standard §3.2). */
export const origins = (value: string): string[] => {
  const all = list(value);
  for (const origin of all)
    if (origin !== '*' && !(URL.canParse(origin) && new URL(origin).origin === origin))
      throw new ConfigError('must hold origins such as https://app.example.com, or *');
  return all;
};

/** API Gateway in front of the functions is none of them. */
export const addressSource = (value: string): { hops: number } | { header: string } | undefined => {
  if (value === '') return undefined;
  const [, hops, header] =
    /^(?:hops=([1-9])|header=([A-Za-z][A-Za-z0-9-]{0,63}))$/.exec(value) ?? [];
  if (hops !== undefined) return { hops: Number(hops) };
  if (header !== undefined) return { header: header.toLowerCase() };
  throw new ConfigError('must be hops=N with N from 1 to 9, or header=NAME');
};
/** Whoever guesses it counts as any address that they like. */
export const proxySecret = (value: string): string => {
  if (value !== '' && !/^[\x21-\x7e]{32,1024}$/.test(value))
    throw new ConfigError('must have at least 32 characters that a header can hold');
  return value;
};

/** How to reach whoever mends a hole (RFC 9116 §2.5.3). */
export const contact = (value: string): string => {
  if (value !== '' && !/^(mailto:|https:\/\/|tel:)[\x21-\x7e]{1,500}$/.test(value))
    throw new ConfigError('must be a URI that begins with mailto:, https:// or tel:');
  return value;
};

const oneOf =
  <const T extends string>(...words: T[]) =>
  (value: string): T => {
    const found = words.find((word) => word === value);
    if (!found) throw new ConfigError(`must be one of ${words.join(', ')}`);
    return found;
  };
export const mailTransport = oneOf('none', 'ses', 'smtp');
export const smtpTls = oneOf('starttls', 'implicit', 'none');

/** An address and no name, in the one form that needs no quoting; empty for none. */
export const mailAddress = (value: string): string => {
  if (value !== '' && !/^[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value))
    throw new ConfigError('must be an address such as no-reply@example.com, without a name');
  return value;
};
export const port = (value: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(value) || Number(value) > 65_535)
    throw new ConfigError('must be a port');
  return Number(value);
};
