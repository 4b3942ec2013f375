/**
 * What a local stack runs: the compiled templates of the service and of the examples, and the bundles.
 *
 * @module
 */
import { join } from 'node:path';
import { buildFunctions } from '../build.ts';
import { allDone } from './all-done.ts';
import { packageService } from './package.ts';
import { BUILD_DIR, services } from './services.ts';
import { resolveStack, type Stack } from './template.ts';

/** The service first: the others import what it exports. */
export async function compile(
  issuer: string,
  workDir: string,
  signal = new AbortController().signal,
): Promise<[Stack, ...Stack[]]> {
  const [service, ...others] = services(issuer);
  // The examples are the same for every stack of this checkout.
  const shared = others.map((it) => packageService(it, join(BUILD_DIR, 'packages'), signal));
  const own = packageService(service, join(workDir, 'packages'), signal);
  const [template, ...rest] = await allDone([own, ...shared]);
  const main = resolveStack(template, { name: service.name });
  const examples = rest.map((it, index) =>
    resolveStack(it, { name: others[index]?.name ?? '', imports: main.exports }),
  );
  return [main, ...examples];
}

/**
 * A stack that does not watch has bundles of its own, which no later build replaces under it.
 *
 * @returns The folder of the bundles.
 */
export async function bundle(watched: boolean, workDir: string): Promise<string> {
  const codeDir = watched ? BUILD_DIR : join(workDir, 'build');
  await buildFunctions({ outdir: join(codeDir, 'functions') });
  return codeDir;
}
