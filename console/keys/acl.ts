/**
 * An ACL as people type it: a resource a line, with its letters after an equals sign.
 *
 * @module
 */
const LETTER = /\*|[crud]o?/g;

/** `cdr=r`, `book=cruo`, `x=*`. What is no letter is left to the service to refuse. */
export const aclOf = (lines: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(
    lines.map((line) => {
      const [resource = '', letters = ''] = line.split('=');
      const found = letters.trim().match(LETTER) ?? [];
      return [resource.trim(), found.join('') === letters.trim() ? found : [letters.trim()]];
    }),
  );

export const linesOf = (acl: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(acl).map(([resource, letters]) => `${resource}=${letters.join('')}`);
