/**
 * Mutants that change nothing a caller sees, each with the reason in one line. By their file and texts, as
 * `npm run mutants` prints them, so that a line may move; an entry that fits no mutant any more is an error.
 *
 * @module
 */
import type { Mutant } from './instrument.ts';

export type Equivalent = {
  original: string;
  replacement: string;
  /** A part of its line, where the texts alone stand in the file more than once. */
  on?: string;
  because: string;
};
export type Equivalents = Readonly<Record<string, readonly Equivalent[]>>;

/** Why it was refused; the answer is the same. */
const LOG = 'for the log';
const NO_RETURN = 'without a return it is undefined, too';
const UNREAD = 'a default of parts that nobody reads: without them there is no header';

const THERE = 'it is there: the index was found in a list of the same length';

export const EQUIVALENT: Equivalents = {
  'lib/faces/authorizer/decide.ts': [
    { original: "'authorizer'", replacement: '""', on: 'const HERE', because: LOG },
  ],
  'lib/faces/authorizer/graphql.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'tokens[at] ??',
      because: 'it is there: the place is below the length',
    },
  ],
  'lib/faces/authorizer/websocket-api.ts': [
    {
      original: 'bearers.length > 1',
      replacement: 'bearers.length >= 1',
      because: 'one header is itself, and an empty one is none',
    },
  ],
  'lib/guard/api-key.ts': [
    {
      original: "id.endsWith(' ')",
      replacement: "id.startsWith(' ')",
      because: 'a role without a name is left out where the id is read',
    },
  ],
  'lib/oauth/authorize/remembered-consent.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'isRemembered([]',
      because: 'no scope has blanks, so none is asked for by that word',
    },
  ],
  'lib/oauth/clients/authenticate.ts': [
    { original: "'0'", replacement: '""', on: 'DECOY', because: 'no secret matches either' },
  ],
  'lib/oauth/request/parameters.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'ARRAY.exec',
      because: 'neither is the name of a parameter',
    },
  ],
  'lib/oauth/scopes/standard-claims.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'BIRTHDATE.test',
      because: 'neither is a date',
    },
  ],
  'lib/verdict/acl.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: '(acl[resource] ?? [])',
      because: 'it is no letter',
    },
  ],
  'lib/verdict/judge.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'ownRoles(session) ?? []',
      because: 'a role that is not there is read, and counts nowhere',
    },
  ],
  'lib/verdict/power.ts': [
    {
      original: 'resource && each',
      replacement: 'resource || each',
      because: 'a word that matches has both, another neither',
    },
  ],
  'lib/verdict/resource.ts': [
    {
      original: 'segments.length > 1',
      replacement: 'true',
      because: 'no pattern covers a path without segments',
    },
    { original: "''", replacement: '"Stryker was here!"', on: 'right[at] ??', because: THERE },
    { original: "''", replacement: '"Stryker was here!"', on: 'left[index] ??', because: THERE },
  ],
  'lib/tokens/access-token.ts': [
    { original: "'another issuer'", replacement: '""', because: LOG },
    { original: "'another audience'", replacement: '""', because: LOG },
    { original: "'expired'", replacement: '""', because: LOG },
    { original: "'not valid yet'", replacement: '""', because: LOG },
  ],
  'lib/tokens/client-assertion.ts': [
    { original: "'expired'", replacement: '""', because: LOG },
    { original: "'good for too long'", replacement: '""', because: LOG },
    { original: "'not valid yet'", replacement: '""', because: LOG },
    { original: "'issued in the future'", replacement: '""', because: LOG },
    { original: "''", replacement: '"Stryker was here!"', on: 'COMPACT.exec', because: UNREAD },
    { original: '[]', replacement: '["Stryker was here"]', on: 'COMPACT.exec', because: UNREAD },
    {
      original: 'COMPACT.exec(assertion)?.[part]',
      replacement: 'COMPACT.exec(assertion)[part]',
      because: 'what it throws is caught, and means the same',
    },
    { original: '{ return undefined; }', replacement: '{}', because: NO_RETURN },
  ],
  'lib/tokens/jws.ts': [
    { original: 'prepared.set(jwk, key);', replacement: ';', because: 'it only saves time' },
    {
      original: 'value !== null',
      replacement: 'true',
      because: 'null is then returned, which is as good as undefined to the one who asks',
    },
    { original: '{ return undefined; }', replacement: '{}', because: NO_RETURN },
    { original: "''", replacement: '"Stryker was here!"', on: 'COMPACT.exec', because: UNREAD },
    { original: '[]', replacement: '["Stryker was here"]', on: 'COMPACT.exec', because: UNREAD },
  ],
  'lib/tokens/key-set.ts': [
    {
      original: '{ value = undefined; }',
      replacement: '{}',
      because: 'JSON.parse threw before anything was assigned',
    },
  ],
};

const fits = (mutant: Mutant) => (entry: Equivalent) =>
  entry.original === mutant.original &&
  entry.replacement === mutant.replacement &&
  mutant.source.includes(entry.on ?? '');

export const isEquivalent = (mutant: Mutant, known: Equivalents = EQUIVALENT): boolean =>
  (known[mutant.file] ?? []).some(fits(mutant));

/** The entries that fit none, one line each. */
export function outdated(mutants: readonly Mutant[], known: Equivalents = EQUIVALENT): string[] {
  return Object.entries(known).flatMap(([file, entries]) => {
    const ofFile = mutants.filter((mutant) => mutant.file === file);
    return entries
      .filter((entry) => !ofFile.some((mutant) => fits(mutant)(entry)))
      .map(({ original, replacement }) => `${file}: ${original} -> ${replacement}`);
  });
}
