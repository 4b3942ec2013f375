/** Bundles that are started with the settings that they are to be deployed with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '../../build/functions.ts';
import { settingProblems } from '../../build/settings.ts';

const outdir = mkdtempSync(join(tmpdir(), 'latchkey-settings-'));
const NAMES = ['flush', 'preflight', 'openapi'];
beforeAll(() => buildFunctions({ outdir, entries: NAMES.map((name) => `functions/${name}.ts`) }));
afterAll(() => rmSync(outdir, { recursive: true }));

const problems = (name: string, environment: Record<string, unknown>) =>
  settingProblems([{ name, bundle: join(outdir, `${name}.js`), environment }]);
const joined = (...list: unknown[]) => ({ 'Fn::Join': [',', list] });
const CACHE = 'arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod/cache/authorizers';

const OURS = { ISSUER: 'https://auth.example.com' };

describe('D9: a list is started as it is written', () => {
  test.each([
    ['an origin with a slash', ['https://app.example.com/']],
    ['the second of two', ['https://app.example.com', 'app.example.com']],
    ['an origin with a path', ['https://app.example.com/login']],
    ['a word', ['all']],
  ])('%s is refused', async (_case, origins) => {
    expect(await problems('preflight', { ...OURS, ALLOWED_ORIGINS: joined(...origins) })).toEqual([
      'ALLOWED_ORIGINS must hold origins such as https://app.example.com, or * (preflight)',
    ]);
  });

  test.each([
    ['an ARN of no cache', 'arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod'],
    ['the id of an API', 'a1b2c3d4e5'],
    ['a cache of something else', CACHE.replace('authorizers', 'data')],
  ])('%s is refused', async (_case, arn) => {
    expect(await problems('flush', { FLUSH_APIS: joined(CACHE, arn) })).toEqual([
      `FLUSH_APIS: ${arn} is not the ARN of an authorizer cache (flush)`,
    ]);
  });

  test.each([
    ['preflight', { ...OURS, ALLOWED_ORIGINS: joined() }],
    ['preflight', { ...OURS, ALLOWED_ORIGINS: joined('*') }],
    ['preflight', { ...OURS, ALLOWED_ORIGINS: joined('https://app.example.com', { Ref: 'Url' }) }],
    ['flush', { FLUSH_APIS: joined(CACHE) }],
    ['flush', { FLUSH_APIS: joined({ 'Fn::Sub': 'arn' }) }],
    ['openapi', { ISSUER: { 'Fn::Join': ['', ['https://', { Ref: 'Host' }]] } }],
    ['openapi', { ISSUER: { 'Fn::Sub': 'https://$' } }],
  ])('%s starts with %o', async (name, environment) => {
    expect(await problems(name, environment)).toEqual([]);
  });
});

test('a problem of several functions is one line, which names them', async () => {
  const environment = { ISSUER: 'http://auth.example.com', ALLOWED_ORIGINS: joined('x') };
  const all = NAMES.map((name) => ({ name, bundle: join(outdir, `${name}.js`), environment }));
  const again = { name: 'again', bundle: join(outdir, 'openapi.js'), environment };
  expect(await settingProblems([...all, again])).toEqual(
    expect.arrayContaining([
      'ISSUER must be an https URL (http is for loopback only) (openapi, again)',
      expect.stringMatching(/^ALLOWED_ORIGINS .* \(preflight\)$/),
    ]),
  );
});

test('a bundle that does not load is a problem too', async () => {
  const bundle = join(outdir, 'broken.js');
  writeFileSync(bundle, 'throw new Error("no such thing")');
  expect(await settingProblems([{ name: 'broken', bundle, environment: {} }])).toEqual([
    'no such thing (broken)',
  ]);
});
