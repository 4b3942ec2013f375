/**
 * latchkey user consents and withdraw: what a user has agreed that clients may do in their name.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { type Command, command } from './command.ts';
import { findUser } from './user.ts';

export const CONSENT_COLUMNS = {
  CLIENT: 'client',
  NAME: 'name',
  SCOPES: 'scopes',
  SINCE: 'grantedAt',
};
export const MOST_CONSENTS = 1000;

const consents = command({
  summary: 'lists the clients that a user has agreed may act in their name',
  operands: ['USER'],
  options: WHERE,
  async run([name = ''], where) {
    const api = adminApi(where);
    const { items } = await api.list(
      ['users', await findUser(api, name), 'consents'],
      {},
      MOST_CONSENTS,
    );
    return { json: items, text: table(items, CONSENT_COLUMNS) };
  },
});

const withdraw = command({
  summary: 'takes back what a user has agreed to: the client is refused from the next call on',
  operands: ['USER', 'CLIENT'],
  options: WHERE,
  async run([name = '', client = ''], where) {
    const api = adminApi(where);
    await api.remove(['users', await findUser(api, name), 'consents'], { client });
    return { json: { withdrawn: client }, text: `${client} has no access of ${name} any more` };
  },
});

export const CONSENT_COMMANDS: Readonly<Record<string, Command>> = {
  'user consents': consents,
  'user withdraw': withdraw,
};
