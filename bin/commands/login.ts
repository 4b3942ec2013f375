/**
 * latchkey login and logout: a session of the administrator's own, opened and ended as any other.
 *
 * @module
 */
import { exchange, refusalOf, request } from '../api/http.ts';
import { serviceUrl, WHERE } from '../api/service-url.ts';
import { forgetSession, readSession, saveSession } from '../api/session-file.ts';
import { command } from './command.ts';
import { Misuse, NotSignedIn } from './failure.ts';
import { readName, readSecret } from './secret-input.ts';

export const login = command({
  summary: 'signs an administrator in; the other commands then go to the same service',
  usage: '--url URL | --local  [--username NAME] [--password-file FILE]',
  options: {
    ...WHERE,
    username: { type: 'string' },
    'password-file': { type: 'string' },
  },
  async run(_operands, options) {
    const url = serviceUrl(options);
    if (url === undefined) throw new Misuse('--url or --local is required');
    const username = await readName('username', options.username);
    const password = await readSecret('password', options['password-file']);
    const body = { username, password };
    const answer = await exchange(url, { method: 'POST', path: '/login', body });
    const { token, key } = answer.body;
    if (answer.status !== 200 || typeof token !== 'string' || typeof key !== 'string')
      throw refusalOf(answer);
    saveSession({ url, username, token, key });
    return { json: { url, username }, text: `signed in to ${url} as ${username}` };
  },
});

export const logout = command({
  summary: 'ends the session of login',
  usage: '',
  options: {},
  async run() {
    const session = readSession();
    try {
      await request(session, { method: 'POST', path: '/logout' });
    } catch (error) {
      // It had ended already, which is what was wanted.
      if (!(error instanceof NotSignedIn)) throw error;
    }
    forgetSession();
    const { url, username } = session;
    return { json: { url, username }, text: `signed out of ${url}` };
  },
});
