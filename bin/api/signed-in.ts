/**
 * Requests of whoever is signed in, and the session that they carry.
 *
 * What is grave needs a sign-in of the last minutes (RFC 9470): then the password is asked for, and the
 * request sent again with the session of that.
 *
 * Errors: those of http.ts; NotSignedIn for a session that has ended, or one that is too old for what is
 *         asked where there is no terminal to ask at.
 *
 * @module
 */
import { CALL } from '../commands/call.ts';
import { NotSignedIn } from '../commands/failure.ts';
import { readSecret } from '../commands/secret-input.ts';
import { type Answer, exchange, refusalOf, type Sent } from './http.ts';
import { notSignedIn, type SavedSession, saveSession } from './session-file.ts';

/** @returns The session, saved for the commands to come. */
export async function signIn(
  { url, username }: Pick<SavedSession, 'url' | 'username'>,
  password: string,
): Promise<SavedSession> {
  const body = { username, password };
  const answer = await exchange(url, { method: 'POST', path: '/login', body });
  const { token, key } = answer.body;
  if (answer.status !== 200 || typeof token !== 'string' || typeof key !== 'string')
    throw refusalOf(answer);
  const session = { url, username, token, key };
  saveSession(session);
  return session;
}

/**
 * @param session - Becomes another, where somebody had to sign in again.
 * @returns The answer to an accepted request.
 */
export async function request(session: SavedSession, sent: Sent): Promise<Answer> {
  let answer = await sendWith(session, sent);
  if (answer.body['code'] === 'insufficient_user_authentication') {
    const { detail } = answer.body;
    Object.assign(session, await signInAgain(session, String(detail)));
    answer = await sendWith(session, sent);
  }
  if (answer.status === 401) throw notSignedIn(`the session at ${session.url} has ended`);
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer);
  return answer;
}

const sendWith = ({ url, token, key }: SavedSession, sent: Sent): Promise<Answer> =>
  exchange(url, {
    ...sent,
    headers: { 'x-access-token': token, 'x-key': key, ...sent.headers },
  });

async function signInAgain(session: SavedSession, why: string): Promise<SavedSession> {
  const { url, username } = session;
  const login = `${CALL} login --url ${url} --username ${username}`;
  if (!process.stdin.isTTY) throw new NotSignedIn(`${why} Sign in again: ${login}`);
  console.error(`${why} ${username} at ${url}:`);
  const fresh = await signIn(session, await readSecret('password', undefined));
  // Nobody is left with it; if it has ended already, all the better.
  await sendWith(session, { method: 'POST', path: '/logout' });
  return fresh;
}
