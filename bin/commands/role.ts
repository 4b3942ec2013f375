/**
 * latchkey role and resource: what roles permit, and which paths a resource stands for.
 *
 * @module
 */
import type { Acl } from '../../lib/store/directory/roles.ts';
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import type { Answer } from '../api/http.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { ALLOW, ALLOW_USAGE, aclOf } from './acl-option.ts';
import { type Collection, list, remove, show, shown } from './collection.ts';
import { type Command, command, numberOption, type Output } from './command.ts';
import { Misuse, notFound, Refused } from './failure.ts';

const ROLES: Collection = {
  path: 'roles',
  noun: 'role',
  columns: { NAME: 'name', PARENTS: 'parents', ACL: 'acl' },
};
const RESOURCES: Collection = {
  path: 'resources',
  noun: 'resource',
  columns: { NAME: 'name', TITLE: 'title', PATTERNS: 'patterns' },
};

const setRole = command({
  summary:
    'makes a role, or changes what is named of it; RESOURCE= takes a resource away; --dry-run says who would gain and who would lose',
  operands: ['ROLE'],
  usage: `[--parent ROLE ... | --no-parents] ${ALLOW_USAGE} [--dry-run]`,
  options: {
    ...WHERE,
    ...ALLOW,
    parent: { type: 'string', multiple: true },
    'no-parents': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
  async run([name = ''], { url, local, parent, allow, 'no-parents': alone, 'dry-run': isTried }) {
    if (parent && alone) throw new Misuse('--parent and --no-parents exclude each other');
    const parents = alone ? [] : parent;
    const acl = aclOf(allow);
    const taken = acl && withNull(acl);
    if (isTried) return tried(adminApi({ url, local }), name, { parents, acl: taken });
    const { body } = await set(adminApi({ url, local }), ['roles', name], {
      create: { name, parents, acl },
      change: { parents, acl: taken },
    });
    return shown(body);
  },
});

async function tried(api: AdminApi, name: string, change: object): Promise<Output> {
  const { body } = await api.change(['roles', name, 'preview'], change);
  const effects = body['effects'] as Effect[];
  const rows = effects.map(({ role, gains, loses, holders: { count, more } }) => ({
    role,
    gains,
    loses,
    holders: more ? `more than ${count}` : count,
  }));
  const text = rows.length === 0 ? 'nobody would gain or lose anything' : table(rows, EFFECTS);
  return { json: body, text };
}

type Effect = {
  role: string;
  gains: Acl;
  loses: Acl;
  holders: { count: number; more: boolean };
};
const EFFECTS = { ROLE: 'role', GAINS: 'gains', LOSES: 'loses', HOLDERS: 'holders' };

const holders = command({
  summary: 'lists who holds a role by name: users, clients, and keys and tokens of whole domains',
  operands: ['ROLE'],
  usage: '[--domain NAME] [--limit N]',
  options: { ...WHERE, domain: { type: 'string' }, limit: { type: 'string', default: '100' } },
  async run([name = ''], { url, local, domain, limit }) {
    const most = numberOption(limit, 'limit', 1) ?? 100;
    const path = ['roles', name, 'holders'];
    const { items, more } = await adminApi({ url, local }).list(path, { domain }, most);
    return {
      json: items,
      text: table(items, HOLDERS),
      ...(more && { note: `there are more than ${most}: --limit shows them` }),
    };
  },
});
const HOLDERS = { KIND: 'kind', NAME: 'name', DOMAIN: 'domain', DISABLED: 'disabled' };

/** A merge patch takes away what is null. */
const withNull = (acl: Record<string, string[]>): Record<string, string[] | null> =>
  Object.fromEntries(
    Object.entries(acl).map(([name, letters]) => [name, letters.length > 0 ? letters : null]),
  );

/** The service shows and changes it to nobody; users hold it all the same. */
async function notRoot(_api: AdminApi, name: string): Promise<string> {
  if (name === 'root')
    throw notFound('root is the role that may do everything; it has no ACL to show or to change');
  return name;
}

const setResource = command({
  summary:
    "makes a resource, or changes it: its paths (with neither option /NAME and all below), and what people are asked to allow; --title '' takes that away",
  operands: ['RESOURCE'],
  usage: '[--pattern PATH ...] [--title TEXT] [--title-cs TEXT]',
  options: {
    ...WHERE,
    pattern: { type: 'string', multiple: true },
    title: { type: 'string' },
    'title-cs': { type: 'string' },
  },
  async run([name = ''], { url, local, pattern, title, 'title-cs': czech }) {
    const isTitled = title !== undefined || czech !== undefined;
    const patterns = pattern ?? (isTitled ? undefined : []);
    const { body } = await set(adminApi({ url, local }), ['resources', ...name.split('/')], {
      create: { name, patterns, title: title || undefined, 'title#cs': czech || undefined },
      change: {
        patterns,
        title: title === '' ? null : title,
        'title#cs': czech === '' ? null : czech,
      },
    });
    return shown(body);
  },
});

/** Changes what was read and nothing that came after it, or makes it where there is nothing. */
async function set(
  api: AdminApi,
  path: readonly [collection: string, ...name: string[]],
  { create, change }: { create: object; change: object },
): Promise<Answer> {
  const before = await api.get(path).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  });
  return before ? api.change(path, change, before.etag) : api.create([path[0]], create);
}

export const ROLE_COMMANDS: Readonly<Record<string, Command>> = {
  'role ls': list(ROLES),
  'role show': show({ ...ROLES, idOf: notRoot }),
  'role set': setRole,
  'role holders': holders,
  'role delete': remove(ROLES),
  'resource ls': list(RESOURCES),
  'resource show': show({ ...RESOURCES, pathOf: (name) => name.split('/') }),
  'resource set': setResource,
};
