/**
 * A request as a line for a shell.
 *
 * @module
 */
import { TOKEN } from './send.ts';

export type Shown = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** What the shell is to fill in stands between double quotes. */
const headerOf = (name: string, value: string): string =>
  value === `Bearer ${TOKEN}` ? `"${name}: ${value}"` : quoted(`${name}: ${value}`);

export function curlOf({ method, url, headers, body }: Shown): string {
  const parts = [
    `curl -X ${method.toUpperCase()} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${headerOf(name, value)}`),
    ...(body ? [`-d ${quoted(body)}`] : []),
  ];
  return parts.join(' \\\n  ');
}
