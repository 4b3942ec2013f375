/** Client libraries of other languages against the running stack, as their documentation has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { trust } from '../../support/web/trust.ts';
import { SIGNS_IN, VERIFIES, VERIFIES_ID_TOKEN } from './promises.ts';
import { environmentOf } from './stack.ts';
import { play, type Told } from './story.ts';
import { tokensFor } from './tokens.ts';

const { at, tools } = inject('foreign');
let distrust: () => void;
beforeAll(() => {
  distrust = trust(readFileSync(at.certificate, 'utf8'));
});
afterAll(() => distrust());

type Program = { run: readonly [string, ...string[]]; env: () => Promise<Record<string, string>> };

/** @param promises - Name to requirement, which is the test's. */
function keeps(library: string, { run, env }: Program, promises: Record<string, string>): void {
  describe(library, () => {
    let told: Told;
    beforeAll(async () => {
      told = await play(run, { env: await env() });
    }, 150_000);
    test.each(Object.entries(promises).map(([name, title]) => [title, name] as const))(
      '%s',
      (_title, name) => expect(told.get(name)).toBe('kept'),
    );
    test('tells of nothing else', () =>
      expect([...told.keys()].sort()).toEqual(Object.keys(promises).sort()));
  });
}

const python = (file: string) => [tools.python, join(import.meta.dirname, 'python', file)] as const;

keeps(
  'Authlib',
  { run: python('by_authlib.py'), env: async () => environmentOf('authlib', at) },
  { ...SIGNS_IN, ...VERIFIES_ID_TOKEN },
);

keeps(
  'requests-oauthlib',
  {
    run: python('by_requests_oauthlib.py'),
    env: async () => environmentOf('requests-oauthlib', at),
  },
  { ...SIGNS_IN, 'foreign-state': 'takes no callback of another sign-in (RFC 6749 §10.12)' },
);

keeps(
  'PyJWT',
  {
    run: python('by_pyjwt.py'),
    env: async () => ({ ...environmentOf('pyjwt', at), ...(await tokensFor('pyjwt', at)) }),
  },
  {
    ...VERIFIES,
    'id-token': 'takes an ID token by the same keys',
    'other-audience': 'refuses an access token for another audience',
  },
);

keeps(
  'golang.org/x/oauth2 and go-oidc',
  { run: [tools.go], env: async () => environmentOf('x-oauth2', at) },
  { ...SIGNS_IN, ...VERIFIES_ID_TOKEN, ...VERIFIES },
);

keeps(
  "Nimbus's OpenID Connect SDK, and Spring Security's decoder",
  {
    run: tools.java,
    env: async () => ({
      ...environmentOf('nimbus', at),
      ...(await tokensFor('pyjwt', at)),
      ACCESS_CLIENT: 'pyjwt',
      JWT_TYPED_TOKEN: (await tokensFor('old-validator', at)).ACCESS_TOKEN,
    }),
  },
  {
    ...SIGNS_IN,
    ...VERIFIES_ID_TOKEN,
    ...VERIFIES,
    'spring-default-at-jwt': 'C2: refuses at+jwt where Spring is told the issuer alone',
    'spring-default-jwt': 'C2: takes it so from a client that is registered for typ JWT',
    'spring-default-changed': 'C2: but no changed one',
  },
);

keeps(
  'express-oauth2-jwt-bearer',
  {
    run: [process.execPath, join(tools.npm, 'by_express.mjs')],
    env: async () => ({ ...environmentOf('express', at), ...(await tokensFor('express', at)) }),
  },
  VERIFIES,
);

test.each([
  ['express-oauth2-jwt-bearer', 'node/by_express.mjs'],
  ['PyJWT', 'python/by_pyjwt.py'],
  ['go-oidc', 'go/main.go'],
  ['Spring Security', 'java/Judge.java'],
])('C2: what docs/verify.md shows of %s is what was run', (title, file) => {
  const page = readFileSync('docs/verify.md', 'utf8');
  const [, shown = ''] = page.split(`\n## ${title}`)[1]?.match(/```\w+\n([^`]+)```/) ?? [];
  const program = readFileSync(join(import.meta.dirname, file), 'utf8');
  const lines = new Set(program.split('\n').map((line) => line.trim()));
  const wanted = shown.split('\n').map((line) => line.trim());
  expect(wanted.length).toBeGreaterThan(3);
  expect(wanted.filter((line) => line !== '' && !lines.has(line))).toEqual([]);
});
