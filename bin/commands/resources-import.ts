/**
 * latchkey resource import: an API's own description becomes the registry of its resources.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import {
  type Described,
  NotDescribed,
  resourcesOf,
  titlesOf,
} from '../../lib/openapi/described-resources.ts';
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { type Command, command } from './command.ts';
import { Failure, Misuse } from './failure.ts';

const NOTES = ['created', 'changed', 'unchanged'] as const;

export const resourcesImport: Command = command({
  summary: 'registers the resources that an OpenAPI description names, all of them or none',
  operands: ['FILE'],
  usage: '[--base PATH] [--dry-run]',
  options: { ...WHERE, base: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  async run([file = ''], { url, local, base, 'dry-run': dryRun }) {
    if (base && !/^(\/[^/]+)+$/.test(base)) throw new Misuse('--base must be a path such as /v1');
    const { resources, titles } = describedIn(textOf(file), base);
    const wanted = { resources, titles, dryRun };
    const { body } = await adminApi({ url, local }).change(['resources'], wanted);
    return {
      json: body,
      text: table(rowsOf(body, resources), { RESOURCE: 'name', PATTERNS: 'patterns', NOW: 'now' }),
      ...(dryRun && { note: 'nothing was changed: --dry-run' }),
    };
  },
});

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function describedIn(text: string, base: string | undefined) {
  try {
    return { resources: resourcesOf(text, base), titles: titlesOf(text) };
  } catch (error) {
    throw error instanceof NotDescribed ? new Failure(error.message) : error;
  }
}

const rowsOf = (body: Readonly<Record<string, unknown>>, resources: Described) =>
  NOTES.flatMap((now) =>
    ((body[now] as string[] | undefined) ?? []).map((name) => ({
      name,
      patterns: resources[name]?.length ? resources[name] : [`/${name}`],
      now,
    })),
  );
