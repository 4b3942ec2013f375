/**
 * latchkey client: OAuth clients, which are API usernames and passwords too.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import {
  type Collection,
  IN_DOMAIN,
  list,
  remove,
  secretOutput,
  show,
  turn,
} from './collection.ts';
import { type Command, command, numberOption } from './command.ts';

const CLIENTS: Collection = {
  path: 'clients',
  noun: 'client',
  columns: {
    ID: 'id',
    NAME: 'name',
    DOMAIN: 'domain',
    ROLES: 'roles',
    SCOPES: 'scopes',
    DISABLED: 'disabled',
  },
};

const create = command({
  summary: 'makes a client; its secret is printed this once',
  operands: ['CLIENT'],
  usage: '[--name NAME] [--domain NAME] [--role NAME ...] [--scope NAME ...]',
  options: {
    ...WHERE,
    name: { type: 'string' },
    domain: { type: 'string' },
    role: { type: 'string', multiple: true },
    scope: { type: 'string', multiple: true },
  },
  async run([id = ''], { url, local, name = id, domain, role = [], scope = [] }) {
    const client = { id, name, domain, roles: role, scopes: scope };
    const { body } = await adminApi({ url, local }).create(['clients'], client);
    return secretOutput(body, 'secret', `the secret of ${id}`);
  },
});

const secret = command({
  summary: 'gives a client another secret, printed this once; with --overlap both work for so long',
  operands: ['CLIENT'],
  usage: '[--overlap SECONDS]',
  options: { ...WHERE, overlap: { type: 'string' } },
  async run([id = ''], { url, local, overlap }) {
    const renewal = { overlap: numberOption(overlap, 'overlap') };
    const { body } = await adminApi({ url, local }).create(['clients', id, 'secret'], renewal);
    return secretOutput(body, 'secret', `the new secret of ${id}`);
  },
});

export const CLIENT_COMMANDS: Readonly<Record<string, Command>> = {
  'client ls': list(CLIENTS, IN_DOMAIN),
  'client show': show(CLIENTS),
  'client create': create,
  'client secret': secret,
  'client disable': turn(CLIENTS, true, 'refuses a client from the next call on'),
  'client enable': turn(CLIENTS, false, 'lets a client in again'),
  'client delete': remove(CLIENTS),
};
