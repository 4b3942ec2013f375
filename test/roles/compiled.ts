/** The compiled template, packaged once for all tests that judge it. */
import type { TestProject } from 'vitest/node';
import { packageService, type Template } from '../deploy/package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
  }
}

export async function setup(project: TestProject) {
  const { template } = await packageService('.');
  project.provide('template', template);
}
