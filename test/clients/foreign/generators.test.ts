/** Clients that others' generators make of /openapi.json: every operation is in them, and they compile. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { sendTo } from '../../conformance/provider.ts';
import { trust } from '../../support/web/trust.ts';
import { run, runToEnd } from './tools.ts';

const { at, tools, folder } = inject('foreign');
const document = join(folder, 'openapi.json');
let operationIds: string[];

beforeAll(async () => {
  const distrust = trust(readFileSync(at.certificate, 'utf8'));
  const { text } = await sendTo(at.issuer)('GET /openapi.json');
  distrust();
  writeFileSync(document, text);
  const { paths } = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  operationIds = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(operationIds.length).toBeGreaterThan(70);
});

describe('openapi-typescript', () => {
  const made = join(tools.npm, 'api.ts');
  const command = (name: string) => join(tools.npm, 'node_modules/.bin', name);

  test('O2: has every operation, and what it makes is TypeScript, strictly', async () => {
    const { stdout, stderr } = await run([command('openapi-typescript'), document, '-o', made]);
    expect(`${stdout}${stderr}`).not.toMatch(/warn|error/i);
    const text = readFileSync(made, 'utf8');
    for (const id of operationIds) expect(text).toContain(`operations["${id}"]`);
    const strictly = ['--noEmit', '--strict', '--target', 'es2022', made];
    await run([command('tsc'), ...strictly], { cwd: tools.npm });
  }, 120_000);
});

describe('openapi-python-client', () => {
  const made = join(folder, 'client');
  /** As it names its modules. */
  const moduleOf = (id: string) => id.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

  test('O1: drops no operation, warns of nothing, and what it makes is imported', async () => {
    const config = join(folder, 'no-hooks.yml');
    writeFileSync(config, 'post_hooks: []\n');
    const { status, stdout, stderr } = await runToEnd(
      [
        join(dirname(tools.python), 'openapi-python-client'),
        ...['generate', '--path', document, '--output-path', made],
        ...['--config', config, '--meta', 'none', '--fail-on-warning'],
      ],
      {},
    );
    expect(`${stdout}${stderr}`).not.toMatch(/warning/i);
    expect(status).toBe(0);
    const modules = readdirSync(join(made, 'api'), { recursive: true }).map(String);
    const names = new Set(modules.map((path) => path.replace(/^.*\/|\.py$/g, '')));
    expect(operationIds.filter((id) => !names.has(moduleOf(id)))).toEqual([]);
    const importAll = [
      'import importlib, pkgutil, client',
      'walked = pkgutil.walk_packages(client.__path__, "client.")',
      'print(len([importlib.import_module(found.name) for found in walked]))',
    ].join('\n');
    const imported = await run([tools.python, '-c', importAll], { cwd: folder });
    expect(Number(imported.stdout)).toBeGreaterThan(operationIds.length);
  }, 180_000);
});
