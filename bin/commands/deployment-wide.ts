/**
 * latchkey whoami, settings and domain-token: who is signed in, and what belongs to the whole deployment or
 * to a domain.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { request } from '../api/http.ts';
import { WHERE } from '../api/service-url.ts';
import { readSession } from '../api/session-file.ts';
import { idByPrefix, isPrefix } from '../api/short-id.ts';
import { type Collection, IN_DOMAIN, list, secretOutput, show, shown, turn } from './collection.ts';
import { type Command, command, required } from './command.ts';
import { orCreatedBy, removeOrAll } from './created-by.ts';
import { Misuse } from './failure.ts';
import { endOf } from './time-option.ts';

const TOKENS: Collection = {
  path: 'domain-tokens',
  noun: 'domain-token',
  opaque: true,
  columns: { ID: 'id', DOMAIN: 'domain', ROLE: 'role', DISABLED: 'disabled', EXPIRES: 'expiresAt' },
  idOf: async (api, name, { domain }) =>
    isPrefix(name)
      ? idByPrefix(api, name, { path: 'domain-tokens', noun: 'domain-token', query: { domain } })
      : name,
  naming: IN_DOMAIN,
};
const whoami = command({
  summary: 'says who is signed in, where, and what they may',
  options: {},
  async run() {
    const session = readSession();
    const { body } = await request(session, { method: 'GET', path: '/api/v2/whoami' });
    const { url, username } = session;
    return shown({ url, username, ...body });
  },
});

const showSettings = command({
  summary: 'shows the settings of the deployment',
  options: WHERE,
  run: async (_operands, where) => shown((await adminApi(where).get(['settings'])).body),
});

const changeSettings = command({
  summary: 'changes settings of the deployment; VALUE is JSON, null for what the deployment says',
  operands: ['NAME', 'VALUE'],
  options: WHERE,
  async run([name = '', text = ''], where) {
    return shown((await adminApi(where).change(['settings'], { [name]: valueIn(text) })).body);
  },
});

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misuse('VALUE must be JSON, such as true, null or \'["admin"]\'');
  }
}

const createToken = command({
  summary: 'makes a token of a domain itself, with one role, printed this once',
  usage: '--role NAME --expires TIME [--domain NAME]',
  options: {
    ...WHERE,
    role: { type: 'string' },
    expires: { type: 'string' },
    domain: { type: 'string' },
  },
  async run(_operands, { url, local, domain, ...given }) {
    const role = required(given.role, 'role');
    const expiresAt = endOf(required(given.expires, 'expires'));
    const token = { role, expiresAt, domain };
    const { body } = await adminApi({ url, local }).create(['domain-tokens'], token);
    return secretOutput(body, 'token', `the token of ${body['domain']} with the role ${role}`);
  },
});

export const DEPLOYMENT_COMMANDS: Readonly<Record<string, Command>> = {
  whoami,
  'settings show': showSettings,
  'settings set': changeSettings,
  'domain-token ls': list(TOKENS, orCreatedBy(IN_DOMAIN)),
  'domain-token create': createToken,
  'domain-token show': show(TOKENS),
  'domain-token disable': turn(TOKENS, true, 'refuses a domain token from the next call on'),
  'domain-token enable': turn(TOKENS, false, 'lets a domain token in again'),
  'domain-token delete': removeOrAll(TOKENS),
};
