/** What a function has around it: its own zip, which it cannot change, and no more than AWS gives it. */
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmulatedFunction } from './emulated-function.ts';
import { type EmulatedService, startEmulatedService } from './emulated-service.ts';

/** AWS's names, those of the template, and what a shell adds on its way, on AWS too. */
const GIVEN_BY_AWS = /^(AWS|LAMBDA)_|^_HANDLER$|^(LANG|PATH|PWD|TZ)$/;

let service: EmulatedService;
let discovery: EmulatedFunction;
beforeAll(async () => {
  service = await startEmulatedService();
  await service.send('GET /.well-known/jwks.json');
  discovery = await service.functionOf('discovery');
}, 120_000);
afterAll(() => service.stop());

describe('a function on the emulator', () => {
  test('runs as a user without rights', () => {
    expect(discovery.process()?.uid).toBeGreaterThan(0);
  });

  test('has its bundle and nothing else, for all to read and nobody to write', () => {
    const files = globSync('**/*', { cwd: discovery.folder });
    expect(files.sort()).toEqual(['functions', 'functions/discovery.js']);
    const modes = ['', ...files].map((name) => statSync(join(discovery.folder, name)).mode);
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['555', '555', '444']);
  });

  test('has the variables of the template, those of Lambda, and no other', () => {
    const own = Object.keys(service.definitions.get('discovery')?.Environment?.Variables ?? {});
    const { variables = [] } = discovery.process() ?? {};
    expect(own).not.toEqual([]);
    expect(variables).toEqual(expect.arrayContaining(own));
    const others = variables.filter((name) => !own.includes(name) && !GIVEN_BY_AWS.test(name));
    expect(others).toEqual([]);
  });
});
