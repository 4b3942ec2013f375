/** The import rule, the owners of outside things, and what has no place in shipped code. */
import { describe, expect, test } from 'vitest';
import {
  cycles,
  importsOf,
  localBranches,
  longFiles,
  ownerViolations,
  patchedModules,
  readSources,
  roomCycles,
  rowViolations,
  verdictViolations,
} from './support/sources/architecture.ts';
import { consoleViolations, readConsole } from './support/sources/architecture-console.ts';
import { copyViolations, goneWriters } from './support/sources/architecture-copies.ts';
import {
  faceViolations,
  loadedForEffect,
  productViolations,
} from './support/sources/architecture-faces.ts';

const shipped = readSources('functions', 'lib');
const beside = readSources('bench', 'bin', 'build', 'dev', 'mutants');
const tests = readSources('test');

describe('the shipped sources', () => {
  test('are all seen by these rules', () => {
    expect(Object.keys(shipped)).toEqual(
      expect.arrayContaining([
        'functions/authorizer.ts',
        'lib/verdict/judge.ts',
        'lib/aws/table.ts',
      ]),
    );
    expect(importsOf(shipped['lib/aws/table.ts'] ?? '')).toContain('@aws-sdk/client-dynamodb');
  });
  test('import only from a lower row or their own folder', () =>
    expect(rowViolations(shipped)).toEqual([]));
  test('leave each outside thing to its owner', () => expect(ownerViolations(shipped)).toEqual([]));
  test('do not ask whether they run locally', () => expect(localBranches(shipped)).toEqual([]));
  test('stay within 200 lines a file, and 40 a function', () =>
    expect(longFiles(shipped)).toEqual([]));
  test('load nothing for its effect alone', () => expect(loadedForEffect(shipped)).toEqual([]));
  test('show in a face what a rule has read', () => expect(faceViolations(shipped)).toEqual([]));
  test('name a product in its own face alone', () =>
    expect(productViolations(shipped)).toEqual([]));
  test('have no import cycle', () => expect(cycles(shipped)).toEqual([]));
  test('have no circle of rooms', () => expect(roomCycles(shipped)).toEqual([]));
  test('judge by what the store says, and know nothing else', () =>
    expect(verdictViolations(shipped)).toEqual([]));
  test('write no caller’s item past its copies', () => {
    expect(copyViolations(shipped)).toEqual([]);
    expect(goneWriters(shipped)).toEqual([]);
  });
});

describe('the console', () => {
  const sources = readConsole();

  test('is seen by its rule', () =>
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining(['console/main.tsx', 'console/users/list.tsx', 'console/app/api.ts']),
    ));
  test('imports in a folder that folder and app/ alone, and nothing of the service', () =>
    expect(consoleViolations(sources)).toEqual([]));
  test('has no import cycle', () => expect(cycles(sources)).toEqual([]));

  test.each([
    ['another collection', 'console/users/x.tsx', "import { a } from '../roles/y.ts';"],
    ['a collection, from app/', 'console/app/x.ts', "await import('../users/pages.tsx');"],
    ['the service', 'console/app/x.ts', "import { RULES } from '../../lib/rules.ts';"],
    ['its types', 'console/app/x.ts', "import type { A } from '../../lib/errors.ts';"],
    ['what builds it', 'console/main.tsx', "import { a } from './build/bundle.ts';"],
    ['the service, from the build', 'console/build/x.ts', "import '../../lib/config.ts';"],
  ])('may not import %s', (_case, path, text) =>
    expect(consoleViolations({ [path]: text })).toHaveLength(1),
  );
});

describe('what is beside them', () => {
  test('has no import cycle', () => expect(cycles(beside)).toEqual([]));
});

describe('the tests', () => {
  test('patch no module', () => expect(patchedModules(tests)).toEqual([]));
});

describe('the import rule would catch', () => {
  test.each([
    ['an upward import', 'lib/store/x.ts', "import { judge } from '../verdict/judge.ts';"],
    ['a sideways import', 'lib/http/x.ts', "import { connect } from '../aws/table.ts';"],
    ['a sideways import of a type', 'lib/http/x.ts', "import type { A } from '../aws/x.ts';"],
    ['a type among values', 'lib/http/x.ts', "import { b, type A } from '../aws/x.ts';"],
    ['an import over several lines', 'lib/http/x.ts', "import {\n  a,\n} from '../aws/x.ts';"],
    ['an import for its side effect', 'lib/http/x.ts', "import '../aws/x.ts';"],
    ['a re-export', 'lib/http/x.ts', "export { a } from '../aws/x.ts';"],
    ['a re-export of everything', 'lib/http/x.ts', "export * from '../aws/x.ts';"],
    ['a re-export of a namespace', 'lib/http/x.ts', "export * as s from '../aws/x.ts';"],
    ['a dynamic import', 'lib/http/x.ts', "const a = await import('../aws/x.ts');"],
    ['a dynamic import by template', 'lib/http/x.ts', 'await import(`../aws/x.ts`);'],
    ['a type from import()', 'lib/http/x.ts', "type A = import('../aws/x.ts').A;"],
    ['a name made at run time', 'lib/http/x.ts', 'await import(name);'],
    ['a name with a placeholder', 'lib/http/x.ts', `await import(\`../\${folder}/x.ts\`);`],
    ['require', 'lib/http/x.ts', "createRequire(import.meta.url)('../aws/x.ts')"],
    ['a builtin by the back door', 'lib/http/x.ts', "process.getBuiltinModule('fs')"],
    ['a face that uses a face', 'lib/faces/faveo/x.ts', "import { a } from '../admin/x.ts';"],
    ['two guards', 'lib/guard/x.ts', "import { a } from '../events/trail.ts';"],
    ['a store of tokens', 'lib/store/sessions/x.ts', "import '../../tokens/jws.ts';"],
    [
      'a browser in manage',
      'lib/manage/users/x.ts',
      "import { a } from '../../browser/cookie.ts';",
    ],
    ['a leaf that uses a leaf', 'lib/errors.ts', "import { a } from './config.ts';"],
    ['wiring used from below', 'lib/oauth/token/x.ts', "import '../../compose/token.ts';"],
    ['a function used from lib', 'lib/compose/x.ts', "import { a } from '../../functions/x.ts';"],
    ['a function used by another', 'functions/x.ts', "import { a } from './y.ts';"],
    ['development code', 'lib/compose/x.ts', "import { a } from '../../dev/seed.ts';"],
    ['test code', 'functions/x.ts', "import { a } from '../test/support/x.ts';"],
    ['a folder without a row', 'lib/utils/x.ts', ''],
    ['a room that a row does not have', 'lib/faces/other/x.ts', ''],
    ['a file without a room', 'lib/oauth/x.ts', ''],
    ['a file without a row', 'lib/types.ts', ''],
  ])('%s', (_case, path, text) => expect(rowViolations({ [path]: text })).not.toEqual([]));

  test.each([
    ['a lower row', 'functions/x.ts', "import { composeLogin } from '../lib/compose/login.ts';"],
    ['the own folder', 'lib/verdict/x.ts', "import { a } from './acl.ts';"],
    ['a room of the same house', 'lib/manage/users/x.ts', "import { a } from '../keys/power.ts';"],
    ['a leaf', 'lib/tokens/x.ts', "import { a } from '../errors.ts';"],
  ])('but not an import from %s', (_case, path, text) =>
    expect(rowViolations({ [path]: text })).toEqual([]),
  );
});

describe('the rule of the heart would catch', () => {
  test.each([
    ['our refusals', "import { AuthError } from '../errors.ts';"],
    ['a tool', "import { connect } from '../aws/table.ts';"],
    ['a package', "import * as v from 'valibot';"],
  ])('%s', (_case, text) =>
    expect(verdictViolations({ 'lib/verdict/x.ts': text })).toHaveLength(1),
  );
});

describe('the rule of the faces would catch', () => {
  test.each([
    ['a read of a store', "import { readUser } from '../../store/directory/users.ts';"],
    ['a value among types', "import { type User, readUser } from '../../store/x/users.ts';"],
    ['a tool of AWS', "import { get } from '../../aws/table.ts';"],
    ['a value that is called type', "import type from '../../store/directory/users.ts';"],
    ['a re-export', "export { readUser } from '../../store/directory/users.ts';"],
    ['a late import', "await import('../../store/directory/users.ts');"],
  ])('%s', (_case, text) =>
    expect(faceViolations({ 'lib/faces/admin/x.ts': text })).toHaveLength(1),
  );

  test.each([
    ['a type', 'lib/faces/admin/x.ts', "import type { User } from '../../store/x/users.ts';"],
    ['a rule', 'lib/faces/admin/x.ts', "import { findUser } from '../../manage/users/x.ts';"],
    ['what a rule reads', 'lib/account/x.ts', "import { readUser } from '../store/x/users.ts';"],
  ])('but not %s', (_case, path, text) => expect(faceViolations({ [path]: text })).toEqual([]));
});

describe('the rule of the products would catch', () => {
  test.each([
    ['a name in a rule', 'lib/manage/users/x.ts', "const CLIENT = 'webitel';"],
    ['a part of a name', 'lib/guard/x.ts', 'const webitelClaims = {};'],
    ['another face', 'lib/faces/faveo/x.ts', "const other = 'appmixer';"],
    ['a name behind an address', 'lib/http/x.ts', "const a = ['https://a.example', 'mluvii'];"],
    ['a longer name than that of a setting', 'lib/store/x.ts', 'const faveoApiKeyOf = 1;'],
  ])('%s', (_case, path, text) => expect(productViolations({ [path]: text })).toHaveLength(1));

  test.each([
    ['its own face', 'lib/faces/webitel/x.ts', "const CLIENT = 'webitel';"],
    ['the wiring', 'lib/compose/x.ts', "import '../faces/webitel/routes.ts';"],
    ['a comment', 'lib/guard/x.ts', '/** For Webitel. */ // and Faveo'],
    ['a setting', 'lib/store/directory/x.ts', 'const a = settings.faveoApiKeyMandatory;'],
  ])('but not %s', (_case, path, text) => expect(productViolations({ [path]: text })).toEqual([]));
});

describe('the rule of copies would catch', () => {
  test.each([
    [
      'another writer of subjects',
      'lib/manage/users/x.ts',
      "import { put } from '../../aws/table.ts';\nimport { subjectKey } from '../../store/directory/subjects.ts';",
    ],
    [
      'another writer of sessions, by a transaction of others',
      'lib/account/x.ts',
      "import type { Write } from '../aws/transaction.ts';\nimport { a, sessionKey } from '../store/sessions/sessions.ts';",
    ],
    ['a writer that forgets them', 'lib/store/directory/users.ts', 'put(item)'],
    ['a sign-out that forgets them', 'lib/store/directory/revocation.ts', 'transact(writes)'],
    ['whoever writes a copy itself', 'lib/store/x.ts', 'put({ ...copyKey(key, 1) })'],
  ])('%s', (_case, path, text) => expect(copyViolations({ [path]: text })).toHaveLength(1));

  test('but not who reads', () =>
    expect(
      copyViolations({
        'lib/x.ts':
          "import { get } from './aws/table.ts';\nimport { subjectKey } from './store/directory/subjects.ts';",
      }),
    ).toEqual([]));
});

describe('the owner rule would catch', () => {
  test.each([
    ['middy in a function', 'functions/x.ts', "import middy from '@middy/core';"],
    ['middy elsewhere in lib/http', 'lib/http/x.ts', "import middy from '@middy/core';"],
    ['the DynamoDB SDK', 'lib/store/x.ts', "import type { A } from '@aws-sdk/client-dynamodb';"],
    ['its marshaller', 'lib/store/x.ts', "import { marshall } from '@aws-sdk/util-dynamodb';"],
    ['its document client', 'lib/store/x.ts', "import '@aws-sdk/lib-dynamodb';"],
    ['the Secrets Manager SDK', 'lib/tokens/x.ts', "import('@aws-sdk/client-secrets-manager');"],
    ['the API Gateway SDK', 'functions/x.ts', "import '@aws-sdk/client-api-gateway';"],
    ['its second version', 'lib/http/x.ts', "import { A } from '@aws-sdk/client-apigatewayv2';"],
    ['another AWS SDK', 'lib/compose/x.ts', "import { A } from '@aws-sdk/client-s3';"],
    ['jose', 'lib/oauth/x.ts', "import { jwtVerify } from 'jose';"],
    ['the JSON Schema converter', 'lib/http/x.ts', "import { a } from '@valibot/to-json-schema';"],
    ['a part of jose', 'lib/oauth/x.ts', "import { jwtVerify } from 'jose/jwt/verify';"],
    ['hono', 'lib/oauth/x.ts', "import { html } from 'hono/html';"],
    ['negotiator', 'lib/oauth/x.ts', "import Negotiator from 'negotiator';"],
    ['node:crypto', 'lib/tokens/x.ts', "import { randomUUID } from 'node:crypto';"],
    ['crypto without its prefix', 'lib/tokens/x.ts', "import { randomUUID } from 'crypto';"],
    ['the global crypto', 'lib/tokens/x.ts', 'const id = crypto.randomUUID();'],
    ['process.env', 'lib/config.ts', "const a = process.env['A'];"],
    ['process.env by destructuring', 'lib/config.ts', 'const { env } = process;'],
    ['process.env by an index', 'lib/config.ts', "const a = process['env'];"],
    ['node:process', 'functions/x.ts', "import { env } from 'node:process';"],
    ['the global object', 'lib/config.ts', "globalThis['process']"],
  ])('%s', (_case, path, text) => expect(ownerViolations({ [path]: text })).not.toEqual([]));
});

describe('the other rules would catch', () => {
  test.each([
    ['NODE_ENV', "if (process.env['NODE_ENV'] === 'test') {}"],
    ['an endpoint of our own', "const endpoint = environment['AWS_ENDPOINT_URL_DYNAMODB'];"],
    ['an if (local)', 'if (isLocal) return;'],
    ['an if (!local)', 'if (!local) return;'],
  ])('%s', (_case, text) => expect(localBranches({ 'lib/x.ts': text })).toEqual(['lib/x.ts']));

  test('a file of 201 lines, but not one of 200', () => {
    const sources = { 'lib/a.ts': 'x\n'.repeat(200), 'lib/b.ts': 'x\n'.repeat(201) };
    expect(longFiles(sources)).toEqual(['lib/b.ts has 201 lines']);
  });

  test('a function that decides', () => {
    const sources = { 'functions/a.ts': '\n'.repeat(39), 'functions/b.ts': `${'\n'.repeat(40)}a` };
    expect(longFiles(sources)).toEqual(['functions/b.ts has 41 lines']);
  });

  test('an import for its effect, which a build would leave out', () => {
    const sources = { 'lib/a.ts': "import './b.ts';", 'lib/c.ts': "import { b } from './b.ts';" };
    expect(loadedForEffect(sources)).toEqual(['lib/a.ts imports ./b.ts for its effect']);
  });

  test('a cycle, even of types alone', () => {
    const sources = {
      'lib/verdict/a.ts': "import type { B } from './b.ts';",
      'lib/verdict/b.ts': "import { c } from './c.ts';",
      'lib/verdict/c.ts': "import './a.ts';",
      'lib/verdict/d.ts': "import './a.ts';",
    };
    expect(cycles(sources)).toEqual([
      'lib/verdict/a.ts -> lib/verdict/b.ts -> lib/verdict/c.ts -> lib/verdict/a.ts',
    ]);
  });

  test('a circle of rooms, though no file is in one', () => {
    const sources = {
      'lib/oauth/token/a.ts': "import '../scopes/b.ts';",
      'lib/oauth/scopes/b.ts': '',
      'lib/oauth/scopes/c.ts': "import '../token/d.ts';",
      'lib/oauth/token/d.ts': '',
    };
    expect(cycles(sources)).toEqual([]);
    expect(roomCycles(sources)).toEqual(['lib/oauth/token -> lib/oauth/scopes -> lib/oauth/token']);
  });

  test('a file that imports itself', () =>
    expect(cycles({ 'lib/a.ts': "import './a.ts';" })).toEqual(['lib/a.ts -> lib/a.ts']));

  test('a patched module', () =>
    expect(patchedModules({ 'test/x.ts': `vi.${'mock'}('../lib/crypto.ts');` })).toEqual([
      'test/x.ts',
    ]));
});
