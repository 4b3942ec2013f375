/**
 * latchkey client: OAuth clients, which are API usernames and passwords too.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { brand } from './brand.ts';
import { CLIENT_OPTIONS, CLIENT_USAGE, clientOf, replacedBy } from './client-options.ts';
import {
  type Collection,
  IN_DOMAIN,
  list,
  remove,
  SUBJECTS,
  secretOutput,
  show,
  shown,
  turn,
} from './collection.ts';
import { type Command, command, numberOption } from './command.ts';
import { spread } from './spread.ts';

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

/** What a list has of the clients that scopes would leave without power. */
const UNREGISTERED: Collection = {
  ...CLIENTS,
  columns: { ID: 'id', NAME: 'name', DOMAIN: 'domain', GRANTS: 'grants', REGISTER: 'register' },
};

const create = command({
  summary: 'makes a client; its secret, if it gets one, is printed this once',
  operands: ['CLIENT'],
  usage: `[--domain NAME] ${CLIENT_USAGE}`,
  options: { ...WHERE, ...CLIENT_OPTIONS, domain: { type: 'string' } },
  async run([id = ''], { url, local, domain, ...given }) {
    const client = { id, domain, ...clientOf({ name: id, ...given }) };
    const { body } = await adminApi({ url, local }).create(['clients'], client);
    return body['secret'] === undefined
      ? shown(body)
      : secretOutput(body, 'secret', `the secret of ${id}`);
  },
});

const change = command({
  summary: 'changes what is said of a client, and leaves the rest as it is',
  operands: ['CLIENT'],
  usage: CLIENT_USAGE,
  options: { ...WHERE, ...CLIENT_OPTIONS },
  async run([id = ''], { url, local, ...given }) {
    const wanted = { ...replacedBy(given), ...clientOf(given) };
    const { body } = await adminApi({ url, local }).change(['clients', id], wanted);
    return shown(body);
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
  'client ls': list(CLIENTS, SUBJECTS),
  'client show': show(CLIENTS),
  'client check': list(UNREGISTERED, {
    ...IN_DOMAIN,
    summary: 'lists clients that are registered for no API, and what to register with --scope',
    query: (_api, { domain }) => ({ domain, check: 'scopes' }),
  }),
  'client create': create,
  'client change': change,
  'client brand': brand('clients', 'client'),
  'client secret': secret,
  'client disable': turn(CLIENTS, true, 'refuses a client from the next call on'),
  'client enable': turn(CLIENTS, false, 'lets a client in again'),
  'client spread': spread(CLIENTS),
  'client delete': remove(CLIENTS),
};
