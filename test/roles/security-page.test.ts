/** SECURITY.md says of each role what the compiled template says. `npm run test:roles -- -u` writes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { HEAD, renderRoles } from './page.ts';
import { readRoles, resolveTemplate } from './roles.ts';

const PAGE = join(import.meta.dirname, '../../SECURITY.md');

test('SECURITY.md says of each role what the template says, and no more', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const start = page.indexOf(HEAD);
  expect(start).toBeGreaterThan(0);
  const table = renderRoles(readRoles(resolveTemplate(inject('template'))));
  const after = page.slice(page.indexOf('\n\n', start));
  await expect(page.slice(0, start) + table + after).toMatchFileSnapshot(PAGE);
});
