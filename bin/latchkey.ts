/**
 * The command line: npm run latchkey -- <command> [operands] [options]; from its package
 * (build/cli.ts) latchkey <command> …
 *
 * Out:   what the command found or did, as text for people; with --json as one JSON document
 * Exit codes: 0 done, 1 refused or failed, 2 called wrongly, 3 not signed in or the session has ended,
 *        4 the service cannot be reached, 5 not found, 6 forbidden, 7 conflict, 8 a dry run of apply that
 *        found something to do; the reason is on stderr, with --json as { error: { message, exitCode, code?, rule?, field? } } in one line
 *
 * Secrets are read from a prompt or a file, never from an argument: arguments are seen by every
 * process on the machine.
 *
 * @module
 */
import { jsonLine } from '../lib/json-line.ts';
import { COMMANDS, FORMER, STILL_WORKING } from './commands/all.ts';
import type { Output } from './commands/command.ts';
import { Failure, Misuse, Refused } from './commands/failure.ts';
import { help, isHelp, noSuchCommand, usageOf, version } from './commands/help.ts';

async function main(words: string[]): Promise<void> {
  const [noun = '', verb = ''] = words;
  if (noun === '--version' || noun === '-v') return console.log(version());
  if (isHelp(noun)) return console.log(help(words.slice(1)));
  const called = `${noun} ${verb}`;
  const current = STILL_WORKING.includes(called) ? FORMER[called] : called;
  const name = [current ?? called, noun].find((one) => Object.hasOwn(COMMANDS, one));
  const found = name === undefined ? undefined : COMMANDS[name];
  if (!(name && found)) {
    if (isHelp(verb)) return console.log(help([noun]));
    throw noSuchCommand(words);
  }
  const rest = words.slice(name.split(' ').length);
  if (rest.some((word) => word === '--help' || word === '-h')) return console.log(usageOf([name]));

  if (rest.includes('--utc')) process.env['TZ'] = 'UTC';
  const json = rest.includes('--json');
  const output = await found
    .run(rest.filter((word) => word !== '--json' && word !== '--utc'))
    .catch((error: unknown) => {
      throw error instanceof Misuse ? new Misuse(`${error.message}\n${usageOf([name])}`) : error;
    });
  process.exitCode = output.exitCode ?? 0;
  if (json) console.log(jsonLine(output.json));
  else print(output);
}

function print({ note, text }: Output): void {
  if (note) console.error(note);
  if (text) console.log(text);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { name, message, reason = message } = error as Error & { reason?: string };
  const exitCode = error instanceof Failure ? error.exitCode : 1;
  const text = error instanceof Failure ? message : `failed: ${name}: ${reason}`;
  const said = error instanceof Refused ? error.said : {};
  console.error(
    process.argv.includes('--json')
      ? jsonLine({ error: { message: text, exitCode, ...said } })
      : text,
  );
  process.exitCode = exitCode;
}
