/** What of a registry is in a policy of an API that serves some paths alone. */
import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../../../lib/faces/authorizer/compile-policy.ts';
import type { Acl } from '../../../lib/store/directory/roles.ts';
import { grantOf } from '../../../lib/verdict/acl.ts';

const ARN = 'arn:aws:execute-api:us-east-1:1:api/dev';
const compiled = (patterns: Record<string, string[]>, acl: Acl, paths: readonly string[] = []) =>
  compilePolicy({
    patterns,
    permits: (resource, action) => grantOf([acl], resource, action),
    stage: ARN,
    paths,
  });

test.each<[string, string[], boolean]>([
  ['/cdr', [], true],
  ['/cdr', ['/cdr'], true],
  ['/cdr/files', ['/cdr'], true],
  ['/cdr/{id}', ['/cdr'], true],
  ['/cdr/files', ['/book', '/cdr'], true],
  ['/cdrs', ['/cdr'], false],
  ['/cdr', ['/cd'], false],
  ['/cdr', ['/cdr/files'], false],
  ['/v1/cdr', ['/cdr'], false],
  ['/book', ['/cdr', '/v1'], false],
])('%s, of an API that serves %j: %s', (pattern, paths, isIn) => {
  const { allow, deny } = compiled({ it: [pattern] }, { it: ['d'] }, paths);
  expect(allow.length > 0).toBe(isIn);
  if (!isIn) expect(deny).toEqual([`${ARN}/*`]);
});

describe('of what is held', () => {
  test('each method of the letter is named, and each trick denied', () => {
    const { allow, deny, own, lost } = compiled({ cdr: [], book: ['/book'] }, { cdr: ['uo'] });
    expect(allow).toEqual(
      ['PUT', 'PATCH'].flatMap((method) => [`${ARN}/${method}/cdr`, `${ARN}/${method}/cdr/*`]),
    );
    expect(deny).toContain(`${ARN}/*//*`);
    expect(own).toEqual(['cdr:u']);
    expect(lost).toEqual([]);
  });

  test('own objects are told by resource and all of its letters', () =>
    expect(
      compiled({ cdr: [], book: [], all: [] }, { cdr: ['ro', 'c', 'do'], all: ['*'] }).own,
    ).toEqual(['cdr:rd']));

  test('what is taken out of it is denied, in any case, and by each method', () => {
    const { deny, lost } = compiled({ cdr: [], 'cdr/files': [] }, { cdr: ['d'] });
    for (const glob of ['cdr/f????', 'cdr/f????/*', 'cdr/F????', 'cdr/F????/*'])
      expect(deny).toContain(`${ARN}/DELETE/${glob}`);
    expect(lost).toEqual([]);
  });

  test('what is within what is taken out is lost, and named', () => {
    const patterns = { cdr: [], 'cdr/files': [], 'cdr/files/open': [], book: [] };
    const acl: Acl = { cdr: ['r'], 'cdr/files/open': ['r'], book: ['r'] };
    expect(compiled(patterns, acl).lost).toEqual(['cdr/files/open']);
  });

  test('what no policy can spell is lost, and named', () => {
    const { allow, lost } = compiled({ odd: ['/odd/*'], cdr: [] }, { odd: ['d'], cdr: ['d'] });
    expect(allow).toEqual([`${ARN}/DELETE/cdr`, `${ARN}/DELETE/cdr/*`]);
    expect(lost).toEqual(['odd']);
  });

  test('what another pattern has in it is not named again', () => {
    const patterns = { a: ['/cdr/{id}'], b: ['/cdr'], c: ['/cdr'] };
    const { allow } = compiled(patterns, { a: ['d'], b: ['d'], c: ['d'] });
    expect(allow).toEqual([`${ARN}/DELETE/cdr`, `${ARN}/DELETE/cdr/*`]);
  });

  test('a name before a literal is guarded', () => {
    const { deny } = compiled({ team: ['/teams/{id}/members'] }, { team: ['d'] });
    expect(deny).toContain(`${ARN}/DELETE/teams/?*/?*/members`);
  });
});
