/**
 * Many resources from an API's description, in a real Chromium against the whole running stack. Pictures go to
 * `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { look } from '../support/web/chromium.ts';
import { ADMIN, callAs, complaints, open, ROOT, wholeStack } from './console.ts';

const stack = wholeStack();

const visit = async (person = ROOT): Promise<Page> =>
  open(await stack.browser(), stack, '/resources/new', person);
const plan = (page: Page) => page.getByRole('button', { name: 'What would it do?' }).click();
const patternsOf = async (name: string): Promise<unknown> => {
  const place = `GET /admin/api/resources/${encodeURIComponent(name)}`;
  return ((await (await callAs(stack, ROOT, place)).json()) as { patterns: unknown }).patterns;
};

const HOSTILE = '"><img src=x onerror="window.hit=1">';
const YAML = `
openapi: 3.1.0
servers: [{ url: https://api.example.com/v1 }]
paths:
  /shelves/{id}: { x-latchkey-title: ${JSON.stringify(HOSTILE)} }
  /gateway/lines: {}
  /book: {}
`;

describe('a description', () => {
  test('as a file of YAML: what it would do is shown with what was, and done after that alone', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/resources', { name: 'shelves' });
    const page = await visit();
    const file = { name: 'openapi.yaml', mimeType: 'application/yaml', buffer: Buffer.from(YAML) };
    await page.getByLabel('File').setInputFiles(file);
    const field = page.getByRole('textbox', { name: 'Description' });
    await expect.poll(() => field.inputValue()).toBe(YAML);
    await plan(page);
    await page.getByRole('row', { name: 'gateway/lines created /v1/gateway/lines' }).waitFor();
    const changed = page.getByRole('row', { name: /^shelves changed/ });
    expect(await changed.locator('del').textContent()).toBe('/shelves');
    expect(await patternsOf('shelves')).toEqual([]);
    await look(page, 'console-resources-import');
    await page.getByRole('button', { name: 'Register 3' }).click();
    await page.getByText('Registered.').waitFor();
    expect(await patternsOf('shelves')).toEqual(['/v1/shelves']);
    await plan(page);
    await page.getByRole('row', { name: /^shelves unchanged/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Register \d/ }).count()).toBe(0);
    await page.goto(`${stack.urls.console}/resources`);
    await page.getByText(HOSTILE).waitFor();
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  test('as JSON, with a path of one’s own before all of them', async () => {
    const page = await visit();
    const text = JSON.stringify({ swagger: '2.0', paths: { '/till': {} } });
    await page.getByRole('textbox', { name: 'Description' }).fill(text);
    await page.getByLabel('Path before all of them').fill('/v2');
    await plan(page);
    await page.getByRole('row', { name: 'till created /v2/till' }).waitFor();
  });

  test.each([
    ['is none', 'hello: world', 'no OpenAPI description'],
    ['is no YAML', '{ "openapi": ', 'cannot be read'],
    ['is empty', '', 'is needed'],
    ['has no name for a path', 'openapi: 3.1.0\npaths: { "/{id}": {} }', '/{id} has no fixed part'],
    ['names what is Latchkey’s', 'openapi: 3.1.0\npaths: { /admin/users: {} }', 'guards Latchkey'],
    [
      'takes the paths of another',
      'openapi: 3.1.0\npaths: { /x: { x-latchkey-resource: y y } }',
      'y y',
    ],
  ])(
    'that %s is told so, nothing is written, and what was typed stays',
    async (_case, text, said) => {
      const page = await visit();
      const before = await (await callAs(stack, ROOT, 'GET /admin/api/resources')).json();
      await page.getByRole('textbox', { name: 'Description' }).fill(text);
      await plan(page);
      await page.getByText(said).first().waitFor();
      expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe(text);
      expect(await (await callAs(stack, ROOT, 'GET /admin/api/resources')).json()).toEqual(before);
    },
  );

  test('is not asked of whoever is no root', async () => {
    const page = await visit(ADMIN);
    await page.getByText('Only root registers many at once.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Description' }).count()).toBe(0);
  });
});

test('no policy was violated, and no page threw', () => expect(complaints).toEqual([]));
