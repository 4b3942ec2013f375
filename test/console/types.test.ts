/** The types by which the console knows of the service. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiTypes, TYPES_FILE } from '../../console/build/types.ts';

test('the types of the console are those of our OpenAPI document: npm run types -w console', async () =>
  expect(readFileSync(TYPES_FILE, 'utf8')).toBe(await apiTypes()));
