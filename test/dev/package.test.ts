/** Compiled templates are kept, and used again only for what would compile to the same. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageService } from '../../dev/package.ts';
import { copyService } from '../../dev/service-copy.ts';
import { services } from '../../dev/services.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SERVICE = `
service: kept
configValidationMode: error
provider: { name: aws, runtime: nodejs24.x }
resources: ['\${file(infra/data.yml)}']
`;
const bucket = (name: string) => `  ${name}: { Type: AWS::S3::Bucket }\n`;

function service(): string {
  const dir = join(folder, 'service');
  mkdirSync(join(dir, 'infra'), { recursive: true });
  writeFileSync(join(dir, 'serverless.yml'), SERVICE);
  writeFileSync(join(dir, 'infra/data.yml'), `Resources:\n${bucket('First')}`);
  return dir;
}

test('a change below infra/ is compiled, and what was compiled before is kept', async () => {
  const [dir, cache] = [service(), join(folder, 'cache')];
  const compile = () =>
    packageService({ name: 'kept-dev', dir }, cache, new AbortController().signal);
  expect((await compile()).Resources).toHaveProperty('First');
  expect(await compile()).toBeDefined();
  expect(readdirSync(cache)).toHaveLength(1);
  appendFileSync(join(dir, 'infra/data.yml'), bucket('Second'));
  expect((await compile()).Resources).toHaveProperty('Second');
  expect(readdirSync(cache)).toHaveLength(2);
}, 180_000);

test('what reads more than its own files is compiled every time', async () => {
  const [dir, cache] = [service(), join(folder, 'cache')];
  appendFileSync(join(dir, 'serverless.yml'), `custom: { home: "\${env:HOME, 'none'}" }\n`);
  await packageService({ name: 'kept-dev', dir }, cache, new AbortController().signal);
  expect(readdirSync(cache)).toEqual([]);
}, 180_000);

test('one template serves stacks at different places', async () => {
  const [dir, cache] = [service(), join(folder, 'cache')];
  const at = 'https://issuer.example.invalid';
  appendFileSync(join(dir, 'infra/data.yml'), `Outputs: { Place: { Value: '${at}/x' } }\n`);
  const compile = (place: string) => {
    const placed = { name: 'kept-dev', dir, places: { [at]: place } };
    return packageService(placed, cache, new AbortController().signal);
  };
  for (const place of ['http://127.0.0.1:1', 'http://127.0.0.1:2'])
    expect((await compile(place)).Outputs?.['Place']?.Value).toBe(`${place}/x`);
  expect(readdirSync(cache)).toHaveLength(1);
}, 180_000);

test('a copy has what hangs below the map', () => {
  const copy = copyService(service(), join(folder, 'copy'));
  expect(readdirSync(join(copy, 'infra'))).toEqual(['data.yml']);
});

test('one template serves stacks on all ports, whatever else of them stands in it', () => {
  const [one, other] = [services('http://127.0.0.1:10000'), services('https://127.0.0.1:20000')];
  expect(other.map(({ params }) => params)).toEqual(one.map(({ params }) => params));
  expect(Object.values(other[0].places ?? {}).join()).not.toContain('10000');
});
