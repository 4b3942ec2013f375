/** The compiled template, packaged once for all tests that judge it, with caches to flush. */
import type { TestProject } from 'vitest/node';
import { packageChanged, type Template } from '../deploy/package.ts';
import { CACHES } from './roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
  }
}

const withCaches = (serverless: string): string =>
  serverless.replace('flushApis: []', `flushApis: ${JSON.stringify(CACHES)}`);

export async function setup(project: TestProject) {
  const { template } = await packageChanged('.', withCaches);
  project.provide('template', template);
}
