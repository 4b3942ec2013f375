/**
 * latchkey domain: the tenants that users, clients and keys belong to.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { brand } from './brand.ts';
import { type Collection, list, one, remove, show, shown, turn } from './collection.ts';
import { type Command, command } from './command.ts';
import { DOMAIN_OPTIONS, DOMAIN_USAGE, domainSettings } from './domain-settings.ts';

const DOMAINS: Collection = {
  path: 'domains',
  noun: 'domain',
  columns: { NAME: 'name', DISABLED: 'disabled', PASSWORDS: 'passwords' },
};

const create = command({
  summary: 'makes a domain',
  operands: ['DOMAIN'],
  options: WHERE,
  async run([name = ''], where) {
    const { body } = await adminApi(where).create(['domains'], { name });
    return { json: body, text: `created ${name}` };
  },
});

const change = command({
  summary: 'changes settings of a domain; passwords: seed is for documented examples only',
  operands: ['DOMAIN'],
  usage: DOMAIN_USAGE,
  options: { ...WHERE, ...DOMAIN_OPTIONS },
  async run([name = ''], { url, local, ...given }) {
    const wanted = domainSettings(given);
    return shown((await adminApi({ url, local }).change(['domains', name], wanted)).body);
  },
});

const signOut = one(
  DOMAINS,
  'ends every session of a domain; its API keys stay',
  async (api, name) => {
    await api.remove(['sessions'], { domain: name });
    return { json: { signedOut: name }, text: `signed out ${name}` };
  },
);

export const DOMAIN_COMMANDS: Readonly<Record<string, Command>> = {
  'domain ls': list(DOMAINS),
  'domain show': show(DOMAINS),
  'domain create': create,
  'domain change': change,
  'domain brand': brand('domains', 'domain'),
  'domain disable': turn(DOMAINS, true, 'refuses everybody in a domain from the next call on'),
  'domain enable': turn(DOMAINS, false, 'lets them in again'),
  'domain delete': remove(DOMAINS),
  'domain sign-out': signOut,
};
