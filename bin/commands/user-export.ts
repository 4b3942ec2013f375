/**
 * latchkey user export: users as an import takes them, one JSON a line. Without hashes of passwords, which
 * the service gives to nobody.
 *
 * @module
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import type { Item } from '../api/table.ts';
import { type Command, command } from './command.ts';
import { Failure } from './failure.ts';

const MEMBERS = [
  'username',
  'email',
  'domain',
  'roles',
  'activated',
  'disabled',
  'profile',
  'plan',
  'vendor',
] as const;
const PAGE = '100';

export const userExport: Command = command({
  summary: 'writes users to a file, as user import takes them; without their passwords',
  operands: ['FILE'],
  usage: '[--domain NAME]',
  options: { ...WHERE, domain: { type: 'string' } },
  async run([file = ''], { url, local, domain }) {
    const api = adminApi({ url, local });
    const out = opened(file);
    let exported = 0;
    for await (const user of usersOf(api, domain)) {
      writeSync(out, `${JSON.stringify(lineOf(user))}\n`);
      exported += 1;
    }
    closeSync(out);
    return { json: { exported }, text: `${exported} users exported` };
  },
});

/** A file that is there is not written over. */
function opened(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    throw new Failure(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

async function* usersOf(api: AdminApi, domain: string | undefined): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { body } = await api.get(['users'], { domain, limit: PAGE, cursor });
    yield* body['items'] as Item[];
    cursor = body['next'] as string | undefined;
  } while (cursor !== undefined);
}

function lineOf(user: Item): object {
  const { email, phone_number } = (user['verified'] ?? {}) as Record<string, unknown>;
  const verified = {
    ...(email !== undefined && { email: true }),
    ...(phone_number !== undefined && { phone_number: true }),
  };
  return {
    ...Object.fromEntries(
      MEMBERS.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]),
    ),
    ...(Object.keys(verified).length > 0 && { verified }),
  };
}
