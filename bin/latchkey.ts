/**
 * The command line: npm run latchkey -- <command> [options]
 *
 * Exit codes: 0 done, 1 refused or failed, 2 called wrongly. Secrets are read from a prompt or a
 * file, never from an argument: arguments are seen by every process on the machine.
 *
 * @module
 */
import { adminCreate } from './commands/admin-create.ts';
import type { Command } from './commands/command.ts';
import { Failure, Misuse } from './commands/failure.ts';
import { keysRotate } from './commands/keys-rotate.ts';
import { useLocalStack } from './local-stack.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  'admin create': adminCreate,
  'keys rotate': keysRotate,
};

const usage = (): string =>
  [
    'usage: npm run latchkey -- <command> [options]',
    ...Object.entries(COMMANDS).map(([name, { summary, usage }]) =>
      [`\n  ${name}: ${summary}`, ...usage.map((line) => `    ${line}`)].join('\n'),
    ),
    '\n  every command: --stage NAME (default dev), or --local for the stack of npm start',
  ].join('\n');

async function main([noun, verb, ...rest]: string[]): Promise<void> {
  const command = COMMANDS[`${noun} ${verb}`];
  if (!command) throw new Misuse(usage());
  const local = rest.includes('--local');
  if (local) useLocalStack();
  const words = rest.filter((word) => word !== '--local');
  console.log(await command.run(words));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof Failure || error instanceof Misuse;
  console.error(
    expected ? error.message : `failed: ${(error as Error).name}: ${(error as Error).message}`,
  );
  process.exitCode = error instanceof Misuse ? 2 : 1;
}
