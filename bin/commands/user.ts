/**
 * latchkey user: the users of a domain. A user is named by the username, the e-mail address, or the id
 * or the beginning of one.
 *
 * @module
 */
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { idByPrefix, isPrefix } from '../api/short-id.ts';
import { type Collection, idOf, list, remove, SUBJECTS, show, shown, turn } from './collection.ts';
import { type Command, command } from './command.ts';
import { Misuse, notFound } from './failure.ts';
import { readSecret } from './secret-input.ts';
import { userExport } from './user-export.ts';
import { userImport } from './user-import.ts';

const USERS: Collection = {
  path: 'users',
  noun: 'user',
  opaque: true,
  columns: {
    ID: 'id',
    USERNAME: 'username',
    EMAIL: 'email',
    DOMAIN: 'domain',
    ROLES: 'roles',
    DISABLED: 'disabled',
    'LAST SIGN-IN': 'lastSignIn',
  },
  idOf: findUser,
};
const ID = /^[0-9a-f]{24}$/;
const MUST_CHANGE = { type: 'boolean', default: false } as const;

/** @returns The user's id. */
export async function findUser(api: AdminApi, name: string): Promise<string> {
  if (ID.test(name)) return name;
  const { items } = await api.list(['users'], { login: name }, 1);
  const id = items[0]?.['id'];
  if (typeof id === 'string') return id;
  if (!isPrefix(name)) throw notFound(`there is no user ${name}`);
  return idByPrefix(api, name, { path: 'users', noun: 'user', query: {} });
}

const create = command({
  summary: 'makes a user; without --password-file the password is asked for',
  operands: ['USERNAME'],
  usage:
    '[--email ADDRESS] [--domain NAME] [--role NAME ...] [--active] [--password-file FILE] [--must-change]',
  options: {
    ...WHERE,
    email: { type: 'string' },
    domain: { type: 'string' },
    role: { type: 'string', multiple: true },
    active: { type: 'boolean', default: false },
    'password-file': { type: 'string' },
    'must-change': MUST_CHANGE,
  },
  async run([username = ''], { url, local, email, domain, role = [], active, ...rest }) {
    const api = adminApi({ url, local });
    const password = await readSecret('password', rest['password-file']);
    const mustChangePassword = rest['must-change'] || undefined;
    const about = { username, email, password, domain, mustChangePassword };
    const user = { ...about, roles: role, activated: active };
    const { body } = await api.create(['users'], user);
    return { json: body, text: `created ${username} (${body['id']})` };
  },
});

const invite = command({
  summary:
    'makes a user who gets a mail and chooses a password; one who was invited already gets it again',
  operands: ['EMAIL'],
  usage: '[--username NAME] [--domain NAME] [--role NAME ...] [--locale en|cs]',
  options: {
    ...WHERE,
    username: { type: 'string' },
    domain: { type: 'string' },
    role: { type: 'string', multiple: true },
    locale: { type: 'string' },
  },
  async run([email = ''], { url, local, username = email, role: roles = ['user'], ...given }) {
    const api = adminApi({ url, local });
    const { domain, locale } = given;
    const { items } = await api.list(['users'], { login: email }, 1);
    const known = items[0]?.['id'];
    if (typeof known === 'string') {
      await api.create(['users', known, 'invitation'], {});
      return { json: { id: known, email }, text: `invited ${email} again` };
    }
    const profile = locale === undefined ? undefined : { locale };
    const wanted = { username, email, domain, roles, profile, invite: true };
    const { body } = await api.create(['users'], wanted);
    return { json: body, text: `invited ${email} (${body['id']})` };
  },
});

const change = command({
  summary:
    "changes what is said of a user, and leaves the rest as it is; --role names all that the user is to hold; --email '' takes the address away",
  operands: ['USER'],
  usage: '[--email ADDRESS] [--role NAME ...] [--active]',
  options: {
    ...WHERE,
    email: { type: 'string' },
    role: { type: 'string', multiple: true },
    active: { type: 'boolean' },
  },
  async run([name = ''], { url, local, email, role: roles, active: activated }) {
    const wanted = { email: email === '' ? null : email, roles, activated };
    if (Object.values(wanted).every((value) => value === undefined))
      throw new Misuse('expected what to change: --email, --role or --active');
    const api = adminApi({ url, local });
    const { body } = await api.change(['users', await idOf(api, USERS, name)], wanted);
    return shown(body);
  },
});

const password = command({
  summary:
    'gives a user another password, which ends all sessions of the user; with --must-change the user has to choose one at the next sign-in',
  operands: ['USER'],
  usage: '[--password-file FILE] [--must-change]',
  options: { ...WHERE, 'password-file': { type: 'string' }, 'must-change': MUST_CHANGE },
  async run([name = ''], { url, local, 'password-file': file, 'must-change': mustChange }) {
    const api = adminApi({ url, local });
    const fresh = await readSecret('password', file);
    const wanted = { password: fresh, mustChangePassword: mustChange };
    const { body } = await api.change(['users', await idOf(api, USERS, name)], wanted);
    return { json: body, text: `${name} has another password` };
  },
});

export const USER_COMMANDS: Readonly<Record<string, Command>> = {
  'user ls': list(USERS, SUBJECTS),
  'user show': show(USERS),
  'user create': create,
  'user invite': invite,
  'user change': change,
  'user disable': turn(USERS, true, 'refuses a user from the next call on'),
  'user enable': turn(USERS, false, 'lets a user in again'),
  'user delete': remove(USERS),
  'user password': password,
  'user import': userImport,
  'user export': userExport,
};
