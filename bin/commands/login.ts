/**
 * latchkey login and logout: a session of the administrator's own, opened and ended as any other.
 *
 * @module
 */
import { serviceUrl, WHERE } from '../api/service-url.ts';
import { forgetSession, readSession } from '../api/session-file.ts';
import { request, signIn } from '../api/signed-in.ts';
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
    await signIn({ url, username }, password);
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
