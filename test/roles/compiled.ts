/** The compiled template, packaged once for all tests that judge it, with caches to flush and a bucket to export to. */
import type { TestProject } from 'vitest/node';
import { packageChanged, type Template } from '../deploy/package.ts';
import { CACHES } from './roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
  }
}

const whole = (serverless: string): string =>
  serverless
    .replace('flushApis: []', `flushApis: ${JSON.stringify(CACHES)}`)
    .replace('exportBucket: ""', 'exportBucket: audit');

export async function setup(project: TestProject) {
  const { template } = await packageChanged('.', whole);
  project.provide('template', template);
}
