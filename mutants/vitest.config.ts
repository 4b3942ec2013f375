/** The suite of `npm test`, for files one at a time. */
import { defineConfig } from 'vitest/config';
import suite from '../vitest.config.ts';

const { projects = [], ...test } = suite.test ?? {};
const services = projects.flatMap((project) =>
  typeof project === 'object' && 'test' in project && project.test?.name === 'service'
    ? [project.test]
    : [],
);

/** The driver has limits of its own; instrumented code on a busy machine is slow, not wrong. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({ test: { ...test, ...services[0], ...PATIENCE } });
