/**
 * Starts every bundle once with the settings that it is to be deployed with, so that a mistake stops
 * the packaging and not the service: a function reads all its settings when it starts, or does not start.
 *
 * NOT checked: what only CloudFormation knows (names of tables, the URL of an API); a stand-in is there.
 *
 * @module
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type Deployed = {
  name: string;
  /** The path of its bundle. */
  bundle: string;
  /** As in the template: texts, and objects for what is resolved later. */
  environment: Readonly<Record<string, unknown>>;
};

/** @returns A line for each problem, and the functions that would not start for it. */
export async function settingProblems(functions: readonly Deployed[]): Promise<string[]> {
  const found = new Map<string, Set<string>>();
  for (const { name, problems } of await Promise.all(functions.map(start)))
    for (const problem of problems) found.set(problem, (found.get(problem) ?? new Set()).add(name));
  return [...found].map(([problem, names]) => `${problem} (${[...names].join(', ')})`);
}

async function start({ name, bundle, environment }: Deployed) {
  const env = Object.fromEntries(
    Object.entries(environment).map(([variable, value]) => [variable, settled(value)]),
  );
  // Its log is of no interest here, and its stack is one of a minified bundle.
  const instance = new Worker(bundle, { env, stdout: true, stderr: true });
  try {
    await once(instance, 'exit');
    return { name, problems: [] };
  } catch (error) {
    return { name, problems: (error as Error).message.split('; ') };
  }
}

/** What looks like any of them: a name, a URL. */
const STAND_IN = 'https://known-when-deployed.invalid';

/** A list is as it is written, without what is known later. */
function settled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [separator, list] = ('Fn::Join' in value && (value['Fn::Join'] as [string, unknown])) || [];
  if (separator !== ',') return STAND_IN;
  return [list].flat().filter(isText).join(separator);
}

const isText = (value: unknown) => typeof value === 'string';
