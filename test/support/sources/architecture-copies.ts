/**
 * What a verdict reads of a caller may lie in copies (lib/store/spread), so whoever writes such an item writes
 * them too. Each file that could is listed, with why it is right; a new one is found.
 *
 * @module
 */
import { importsOf, type Sources } from './architecture.ts';

const WITH_COPIES = 'writes the copies with it';
const NOT_READ = 'writes what no verdict reads, and so no copy has';
const NONE = 'sessions of people, which have no copies';
const CHECKS = 'checks, and writes nothing of it';

const WRITERS: Readonly<Record<string, string>> = {
  'lib/store/directory/users.ts': WITH_COPIES,
  'lib/store/directory/clients.ts': WITH_COPIES,
  'lib/store/directory/domains.ts': 'makes and deletes a subject that has none',
  'lib/store/directory/subject-spread.ts': WITH_COPIES,
  'lib/store/sessions/sessions.ts': WITH_COPIES,
  'lib/store/sessions/standing.ts': WITH_COPIES,
  'lib/store/sessions/spread-standing.ts': WITH_COPIES,
  'lib/store/directory/password-hash.ts': NOT_READ,
  'lib/store/directory/verified.ts': NOT_READ,
  'lib/store/sessions/browser-sessions.ts': NONE,
  'lib/store/sessions/codes.ts': NONE,
  'lib/store/sessions/ended-grants.ts': NONE,
  'lib/store/sessions/grants.ts': NONE,
  'lib/account/links.ts': CHECKS,
  'lib/manage/deployment/fill-lists.ts': CHECKS,
};
/** Where the key comes as an argument. */
const BY_ANY_KEY = 'lib/store/directory/revocation.ts';

const KEYS = /import\b[^;]*\b(?:subjectKey|sessionKey)\b[^;]*;/;
const WRITES =
  /import\b[^;]*\b(?:put|update|updateIf|deleteIf|transact|Write)\b[^;]*from '[^']*aws\/(?:table|transaction)\.ts'/;
const MAKES_COPIES = /\b(?:copyWrites|subjectCopies|sessionCopies)\(/;

export const copyViolations = (sources: Sources): string[] =>
  Object.entries(sources).flatMap(([path, text]) => {
    const isWriter =
      (KEYS.test(text) || /export const (subject|session)Key/.test(text)) && WRITES.test(text);
    const why = WRITERS[path];
    const unlisted = isWriter && why === undefined && !path.endsWith('/subjects.ts');
    const needs = why === WITH_COPIES || path === BY_ANY_KEY;
    const isKey = /\bcopyKey\b/.test(text) && !path.startsWith('lib/store/spread/');
    return [
      ...(unlisted ? [`${path} may write what has copies`] : []),
      ...(needs && !MAKES_COPIES.test(text) ? [`${path} makes no copies`] : []),
      ...(isKey ? [`${path} writes or reads copies past lib/store/spread`] : []),
    ];
  });

/** Of those that are listed, whoever is there no more. */
export const goneWriters = (sources: Sources): string[] =>
  Object.keys(WRITERS).filter(
    (path) => !(path in sources) || importsOf(sources[path] ?? '').length === 0,
  );
