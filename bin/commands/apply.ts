/**
 * latchkey apply: makes of a stage what a file declares, and says how they differ.
 *
 * @module
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { jsonLine } from '../../lib/json-line.ts';
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { readSession } from '../api/session-file.ts';
import { printable } from '../api/table.ts';
import { carryOut, type Secret } from './apply/carry-out.ts';
import { askWhatIsTaken, NOUNS, requireMembers } from './apply/kinds.ts';
import { planOf, type Step } from './apply/plan.ts';
import { readDeclared } from './apply/read-declared.ts';
import { type Command, command, type Output } from './command.ts';
import { Failure } from './failure.ts';

/** Of a dry run that found something to do; no other end of a command has it. */
const DIFFERS = 8;

export const apply: Command = command({
  summary:
    'makes of domains, resources, roles, clients and settings what a file declares, YAML or JSON; --dry-run says what differs, and exits with 8 if anything does; --prune deletes clients, roles and resources that a kind in the file does not name',
  operands: ['FILE'],
  usage: '[--dry-run] [--prune] [--secrets FILE]',
  options: {
    ...WHERE,
    'dry-run': { type: 'boolean', default: false },
    prune: { type: 'boolean', default: false },
    secrets: { type: 'string' },
  },
  async run([file = ''], { url, local, 'dry-run': dryRun, prune, secrets: into }) {
    const declared = readDeclared(file);
    const api = adminApi({ url, local });
    const taken = await askWhatIsTaken(readSession().url);
    requireMembers(declared, taken);
    const steps = await planOf(api, declared, taken, { prune });
    if (dryRun) return { ...shown(steps), ...(steps.length > 0 && { exitCode: DIFFERS }) };
    const secrets = keeperOf(into);
    try {
      await carryOut(api, steps, secrets.keep);
    } catch (error) {
      // They are shown by nobody again.
      if (secrets.kept.length > 0) console.log(jsonLine({ secrets: secrets.kept }));
      throw error;
    } finally {
      secrets.close();
    }
    return shown(steps, secrets.kept);
  },
});

/** Nothing is made whose secret would have no place. */
function keeperOf(file: string | undefined) {
  const kept: Secret[] = [];
  const out = file === undefined ? undefined : opened(file);
  return {
    kept,
    keep: (secret: Secret) => {
      if (out === undefined) kept.push(secret);
      else writeSync(out, `${JSON.stringify(secret)}\n`);
    },
    close: () => out !== undefined && closeSync(out),
  };
}

function opened(file: string): number {
  try {
    return openSync(file, 'ax', 0o600);
  } catch (error) {
    throw new Failure(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

const SIGNS = { create: '+', change: '~', delete: '-' } as const;

function shown(steps: readonly Step[], secrets: readonly Secret[] = []): Output {
  const lines = steps.flatMap(({ act, kind, name, differences }) => [
    `${SIGNS[act]} ${[NOUNS[kind], printable(name)].filter(Boolean).join(' ')}`,
    ...differences.map(({ member, before, after }) =>
      act === 'create'
        ? `    ${member}: ${plain(after)}`
        : `    ${member}: ${plain(before)} -> ${plain(after)}`,
    ),
  ]);
  const count = (act: Step['act']) => steps.filter((step) => step.act === act).length;
  const sum = `${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete`;
  return {
    json: {
      steps: steps.map(({ act, kind, name, differences }) => ({ act, kind, name, differences })),
      ...(secrets.length > 0 && { secrets }),
    },
    text: [
      ...lines,
      steps.length > 0 ? sum : 'nothing differs',
      ...secrets.map(({ client, secret }) => `the secret of ${client}, shown this once: ${secret}`),
    ].join('\n'),
  };
}

const plain = (value: unknown): string =>
  value === undefined ? 'none' : printable(JSON.stringify(value));
