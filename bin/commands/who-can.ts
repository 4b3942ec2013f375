/**
 * latchkey who-can: who may do something with a resource, and by which role.
 *
 * What is asked is the roles as they are now, and of clients also what they are registered for. NOT said:
 * keys of users and clients, which never do more than their owner; sessions of a narrower scope; what a
 * user may do with sessions and keys of the user's own.
 *
 * @module
 */
import { ACTIONS } from '../../lib/verdict/acl.ts';
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Item, table } from '../api/table.ts';
import { type Command, command } from './command.ts';
import { Misuse, notFound, Refused } from './failure.ts';
import { clientHolder, domainKeyHolder, grantsOf, type Holder, holder } from './holders.ts';

const MOST = 10_000;
const COLUMNS = {
  ...{ KIND: 'kind', NAME: 'name', DOMAIN: 'domain', BY: 'by', 'OWN ONLY': 'own' },
  DISABLED: 'disabled',
};
type List = (path: string, query?: Readonly<Record<string, string>>) => Promise<Item[]>;

export const whoCan: Command = command({
  summary: 'lists who may do something with a resource: users, clients, domain tokens, domain keys',
  operands: ['LETTER', 'RESOURCE'],
  options: WHERE,
  async run([letter = '', resource = ''], where) {
    const action = ACTIONS.find((one) => one === letter);
    if (!action) throw new Misuse('LETTER must be c, r, u or d');
    const { list, withheld } = lister(adminApi(where));
    const resources = await list('resources');
    if (!resources.some(({ name }) => name === resource))
      throw notFound(`there is no resource ${resource}: resource ls lists them`);
    const holders = await holdersOf(list, { resource, action });
    const note = withheld.length > 0 && { note: `not within your reach: ${withheld.join(', ')}` };
    return { json: holders, text: table(holders, COLUMNS), ...note };
  },
});

async function holdersOf(list: List, wanted: Parameters<typeof grantsOf>[1]): Promise<Holder[]> {
  const grants = grantsOf(await list('roles'), wanted);
  const users = await list('users');
  const clients = await list('clients');
  const tokens = await list('domain-tokens');
  const keys: Holder[] = [];
  for (const { name } of await list('domains'))
    for (const key of await list('keys', { owner: `domain#${name}` }))
      keys.push(...domainKeyHolder(key, String(name), grants, wanted));
  return [
    ...users.flatMap((user) => holder('user', { ...user, name: user['username'] }, grants)),
    ...clients.flatMap((client) => clientHolder(client, grants, wanted)),
    ...tokens.flatMap((token) =>
      holder('domain token', { ...token, name: token['id'], roles: [token['role']] }, grants),
    ),
    ...keys,
  ];
}

/** Lists whole collections; `withheld` names those that the caller may not see. */
function lister(api: AdminApi): { list: List; withheld: string[] } {
  const withheld: string[] = [];
  const list: List = async (path, query = {}) => {
    try {
      return (await api.list([path], query, MOST)).items;
    } catch (error) {
      if (!(error instanceof Refused && error.status === 403)) throw error;
      if (!withheld.includes(path)) withheld.push(path);
      return [];
    }
  };
  return { list, withheld };
}
