/**
 * Settings that name places: issuers, origins, proxies.
 *
 * Errors: ConfigError, with the rest of a sentence that begins with the variable.
 *
 * @module
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A list in one variable: `a, b`; empty for none. */
export const list = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

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
