/**
 * An ACL as people type it: a resource a line, with its letters after an equals sign.
 *
 * @module
 */
const LETTER = /\*|[crud]o?/g;

/** `cdr=r`, `book=cruo`, `x=*`; of one resource also in several lines. What is no letter is left to the service to refuse. */
export function aclOf(lines: readonly string[]): Record<string, string[]> {
  const acl = new Map<string, string[]>();
  for (const line of lines) {
    const [resource = '', ...rest] = line.split('=').map((part) => part.trim());
    const letters = rest.join('=');
    const found = letters.match(LETTER) ?? [];
    const said = found.join('') === letters ? found : [letters];
    acl.set(resource, [...new Set([...(acl.get(resource) ?? []), ...said])]);
  }
  return Object.fromEntries(acl);
}

export const linesOf = (acl: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(acl).map(([resource, letters]) => `${resource}=${letters.join('')}`);
