/**
 * Those who call the deployed service: whoever signs in, and administrators at the command line.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { attempt, command } from './commands.ts';
import { ADMINISTRATOR, once, serviceUrl } from './prod.ts';

export type Session = { token: string; key: string; headers: Record<string, string> };
type Person = { username: string; password: string };

/** With Webitel's two headers. @throws Error unless they let it in. */
export async function signIn(person: Person = ADMINISTRATOR, url = serviceUrl()): Promise<Session> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: person.username, password: person.password }),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${person.username} gets ${answer.status}: ${text}`);
  const { token, key } = JSON.parse(text) as Session;
  return { token, key, headers: { 'x-access-token': token, 'x-key': key } };
}

export async function signOut({ headers }: Session, url = serviceUrl()): Promise<void> {
  const answer = await fetch(`${url}/logout`, { method: 'POST', headers });
  if (answer.status !== 200) throw new Error(`the logout gets ${answer.status}`);
}

/** @returns The path of a file that holds it. */
export function passwordFile(password: string): string {
  const file = join(inject('shared').folder, 'password');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return file;
}

/** `latchkey` of the clone, for whoever is signed in there. @returns What it prints. */
export const latchkey = (words: string): Promise<string> =>
  command(`npm run --silent latchkey -- ${words}`);
export const tryLatchkey = (words: string) => attempt(`npm run --silent latchkey -- ${words}`);

/** Signs the first administrator in at the command line. */
export const administer = (url = serviceUrl()): Promise<string> =>
  latchkey(
    `login --url ${url} --username ${ADMINISTRATOR.username} --password-file ${passwordFile(ADMINISTRATOR.password)}`,
  );

/** May do anything to `cdr`, and connect to a WebSocket. */
export const CHIEF = { username: 'chief@example.com', password: 'correct horse, no staple' };
/** May read `cdr`. */
export const CLERK = { username: 'clerk@example.com', password: 'correct horse, no staple' };
/** May read one path of the API that keeps answers. */
export const VISITOR = { username: 'visitor@example.com', password: 'correct horse, no staple' };

/** Resources as docs/protect-your-api.md names them, and who may do what with them. */
export const staffed = (): Promise<unknown> =>
  once('staffed', async () => {
    await administer();
    await latchkey('resource set cdr --pattern /cdr --pattern /graphql');
    await latchkey('resource set channels --pattern /websocket');
    await latchkey("role set chief --allow 'cdr=*' --allow channels=r");
    await latchkey('resource set api/v1/Sessions');
    await latchkey('role set clerk --allow cdr=r');
    await latchkey('role set visitor --allow api/v1/Sessions=r');
    for (const { username, password } of [CHIEF, CLERK, VISITOR]) {
      const [role] = username.split('@');
      await latchkey(
        `user create ${username} --role ${role} --password-file ${passwordFile(password)}`,
      );
    }
  });
