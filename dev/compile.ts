/**
 * What a local stack runs: the compiled templates of the service and of the examples.
 *
 * @module
 */
import { join } from 'node:path';
import { allDone } from './all-done.ts';
import { packageService, type Service } from './package.ts';
import { BUILD_DIR, services } from './services.ts';
import { resolveStack, type Stack } from './template.ts';

/** The service first: the others import what it exports. */
export async function compile(
  issuer: string,
  signal = new AbortController().signal,
): Promise<[Stack, ...Stack[]]> {
  const [service, ...others] = services(issuer);
  const packaged = (it: Service) => packageService(it, join(BUILD_DIR, 'packages'), signal);
  const [template, ...rest] = await allDone([packaged(service), ...others.map(packaged)]);
  const main = resolveStack(template, { name: service.name });
  const examples = rest.map((it, index) =>
    resolveStack(it, { name: others[index]?.name ?? '', imports: main.exports }),
  );
  return [main, ...examples];
}
