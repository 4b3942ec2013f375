/**
 * latchkey key: API keys of machines, which belong to a user, a client or a domain.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { ALLOW, ALLOW_USAGE, aclOf } from './acl-option.ts';
import { type Collection, idOf, list, secretOutput, show, turn } from './collection.ts';
import { type Command, command, numberOption } from './command.ts';
import { orCreatedBy, removeOrAll } from './created-by.ts';
import { A_KEY, existingId } from './credential-id.ts';
import { idleLetters } from './idle-letters.ts';
import { orInDomain } from './in-domain.ts';
import { spread } from './spread.ts';
import { OWNER, OWNER_USAGE, subjectOf } from './subject.ts';
import { endOf } from './time-option.ts';

const KEYS: Collection = {
  path: 'keys',
  noun: 'key',
  opaque: true,
  columns: {
    ID: 'id',
    NAME: 'name',
    OWNER: 'ownerName',
    ROLES: 'roles',
    DISABLED: 'disabled',
    EXPIRES: 'expiresAt',
    USED: 'lastUsed',
    'ABOUT CALLS': 'calls',
  },
  idOf: (api, name, owner) => existingId(api, name, owner, A_KEY),
  naming: { options: OWNER, usage: OWNER_USAGE },
};

const create = command({
  summary: 'makes a key, printed this once; with neither role nor ACL it may what its owner may',
  operands: ['NAME'],
  usage: `${OWNER_USAGE} [--role NAME ... | ${ALLOW_USAGE.slice(1, -1)}] [--expires TIME|never]`,
  options: {
    ...WHERE,
    ...OWNER,
    ...ALLOW,
    role: { type: 'string', multiple: true },
    expires: { type: 'string' },
  },
  async run([name = ''], { url, local, role, allow, expires, ...owner }) {
    const expiresAt = expires === undefined ? undefined : endOf(expires);
    const acl = aclOf(allow);
    const api = adminApi({ url, local });
    const key = { name, owner: await subjectOf(api, owner), roles: role, acl, expiresAt };
    const { body } = await api.create(['keys'], key);
    const made = secretOutput(body, 'key', `the key ${name} (${body['id']})`);
    const idle = await idleLetters(api, String(body['id']), acl ?? {});
    if (idle.length === 0) return made;
    const warning = `warning: its owner may not ${idle.join(', ')}, so neither may the key`;
    return { ...made, note: `${warning}\n${made.note}` };
  },
});

const rotate = command({
  summary: 'gives a key another secret, printed this once; with --overlap both work for so long',
  operands: ['KEY'],
  usage: `${OWNER_USAGE} [--overlap SECONDS]`,
  options: { ...WHERE, ...OWNER, overlap: { type: 'string' } },
  async run([given = ''], { url, local, overlap, ...owner }) {
    const renewal = { overlap: numberOption(overlap, 'overlap') };
    const api = adminApi({ url, local });
    const id = await idOf(api, KEYS, given, owner);
    const { body } = await api.create(['keys', id, 'secret'], renewal);
    return secretOutput(body, 'key', `the key ${body['name']} with its new secret`);
  },
});

export const KEY_COMMANDS: Readonly<Record<string, Command>> = {
  'key ls': list(
    KEYS,
    orInDomain(
      orCreatedBy({
        summary:
          'lists your own keys, those of a user, a client or a domain, those that USER made, or with --in all of a domain, the first to expire first',
        options: OWNER,
        usage: OWNER_USAGE,
        query: async (api, named) => ({ owner: await subjectOf(api, named) }),
      }),
    ),
  ),
  'key create': create,
  'key rotate': rotate,
  'key show': show(KEYS),
  'key enable': turn(KEYS, false, 'switches a key on'),
  'key disable': turn(
    KEYS,
    true,
    'switches a key off, from the next call on; KEY as `key ls` shows it, or lk_… of a key without its secret, or key-… with its owner',
  ),
  'key spread': spread(KEYS),
  'key delete': removeOrAll(KEYS),
};
