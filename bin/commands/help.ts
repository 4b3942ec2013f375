/**
 * What the commands are called: all of them, or those of a group such as `user`.
 *
 * Errors: Misuse for what is no command. A word is repeated where it can be one, since anything else
 *         may be a secret that should not be here.
 *
 * @module
 */
import manifest from '../../package.json' with { type: 'json' };
import { COMMANDS, FORMER } from './all.ts';
import { CALL } from './call.ts';
import { Misuse } from './failure.ts';

const USAGE = `usage: ${CALL} COMMAND [operands] [options]`;
const NAMES = Object.keys(COMMANDS);
const WORD = /^[a-z][a-z-]{0,20}$/i;

export const isHelp = (word = ''): boolean => ['help', '--help', '-h'].includes(word);

export const usageOf = (names: readonly string[]): string =>
  [
    USAGE,
    ...names.map(lineOf),
    '  every command: --json for one JSON document on stdout; --utc for times that are not local',
  ].join('\n');

const lineOf = (name: string): string => {
  const { summary, usage } = COMMANDS[name] ?? { summary: '', usage: '' };
  return `  ${name} ${usage}`.trimEnd().concat(`\n      ${summary}`);
};

/** @param words - After `help`: none for all, a group, or a command. */
export function help(words: readonly string[]): string {
  if (words.length === 0)
    return `${usageOf(NAMES)}\n  help GROUP for the commands of one noun; --version for the version`;
  const name = words.join(' ');
  const names = Object.hasOwn(COMMANDS, name) ? [name] : groupOf(name);
  if (names.length === 0) throw noSuchCommand(words);
  return usageOf(names);
}

const groupOf = (noun: string): string[] => NAMES.filter((name) => name.split(' ')[0] === noun);

export function noSuchCommand([noun = '', verb = '']: readonly string[]): Misuse {
  if (noun === '') return new Misuse(`${USAGE}\n  ${CALL} help lists the commands`);
  const former = FORMER[`${noun} ${verb}`];
  if (former !== undefined)
    return new Misuse(`${noun} ${verb} is called ${former} now (${CALL} help ${former})`);
  const group = groupOf(noun).length > 0;
  if (group && verb === '') return new Misuse(`${noun} what?\n${usageOf(groupOf(noun))}`);
  const given = group ? [noun, verb] : [noun];
  const named = given.every((word) => WORD.test(word)) ? `: ${given.join(' ')}` : '';
  const topic = group ? `help ${noun}` : 'help';
  return new Misuse(`no such command${named} (${CALL} ${topic} lists them)`);
}

export const version = (): string => manifest.version;
