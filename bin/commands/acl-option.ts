/**
 * `--allow RESOURCE=LETTERS`, as often as needed: an ACL on the command line.
 *
 * @module
 */
import { Misuse } from './failure.ts';

export const ALLOW = { allow: { type: 'string', multiple: true } } as const;
export const ALLOW_USAGE = '[--allow RESOURCE=LETTERS ...]';

/**
 * Letters are separated by commas: `cdr=c,ro`. Which there are, the service knows.
 *
 * @returns `undefined` when none is given; an empty list for `cdr=`.
 */
export function aclOf(given: readonly string[] | undefined): Record<string, string[]> | undefined {
  if (!given) return undefined;
  const entries = given.map((text): [string, string[]] => {
    const at = text.lastIndexOf('=');
    if (at < 1) throw new Misuse('--allow must be RESOURCE=LETTERS, such as cdr=r,u');
    return [
      text.slice(0, at),
      text
        .slice(at + 1)
        .split(',')
        .filter(Boolean),
    ];
  });
  return Object.fromEntries(entries);
}
