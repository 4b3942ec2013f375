/**
 * A password hash as one text: `$name[$v=19][$cost=1,…]$salt$…$hash`, with Base64 that is not padded.
 *
 * NOT checked: what the name, the costs and the parts mean; each format does that.
 *
 * @module
 * @see the PHC string format
 */

export type Phc = {
  name: string;
  version: number | undefined;
  costs: Readonly<Record<string, number>>;
  /** The hash is the last one. */
  parts: readonly Buffer[];
};

const MAX_LENGTH = 2048;
const TEXT =
  /^\$([a-z0-9-]{1,32})(?:\$v=(\d{1,3}))?(?:\$([a-z]{1,3}=\d{1,10}(?:,[a-z]{1,3}=\d{1,10}){0,3}))?((?:\$[A-Za-z0-9+/]{1,1366}){1,4})$/;

/** @returns `undefined` for any other text. */
export function readPhc(text: string): Phc | undefined {
  const [, name, version, costs, rest = ''] =
    text.length > MAX_LENGTH ? [] : (TEXT.exec(text) ?? []);
  if (name === undefined) return undefined;
  return {
    name,
    version: version === undefined ? undefined : Number(version),
    costs: costsOf(costs),
    parts: rest.slice(1).split('$').map(bytesOf),
  };
}

const costsOf = (text = ''): Record<string, number> =>
  Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((one) => one.split('='))
      .map(([cost, value]) => [cost, Number(value)]),
  );

export function writePhc({ name, version, costs, parts }: Phc): string {
  const told = Object.entries(costs).map(([cost, value]) => `${cost}=${value}`);
  return [
    '',
    name,
    ...(version === undefined ? [] : [`v=${version}`]),
    ...(told.length > 0 ? [told.join(',')] : []),
    ...parts.map(unpadded),
  ].join('$');
}

/** Of any of the two alphabets, padded or not; `undefined` for what is not Base64, or holds nothing. */
export function readBase64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/_-]{2,1366}={0,2}$/.test(text)) return undefined;
  return bytesOf(text);
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
