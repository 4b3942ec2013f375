/**
 * Who is signed in, and where: a file that only its owner can read.
 *
 * File: { url, username, token, key } as JSON, mode 0600; ~/.config/latchkey/session.json, or what
 *       LATCHKEY_SESSION names
 *
 * @module
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CALL } from '../commands/call.ts';
import { NotSignedIn } from '../commands/failure.ts';

const SavedSession = v.object({
  url: v.string(),
  username: v.string(),
  token: v.string(),
  key: v.string(),
});
export type SavedSession = v.InferOutput<typeof SavedSession>;

const place = (): string =>
  process.env['LATCHKEY_SESSION'] || join(homedir(), '.config/latchkey/session.json');

/** A file of other rights that stands there is replaced, not written into. */
export function saveSession(session: SavedSession): void {
  const file = place();
  const fresh = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(fresh, `${JSON.stringify(session)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

export function readSession(): SavedSession {
  let text: string;
  try {
    text = readFileSync(place(), 'utf8');
  } catch {
    throw notSignedIn('nobody is signed in');
  }
  try {
    return v.parse(SavedSession, JSON.parse(text));
  } catch {
    throw notSignedIn('the session file cannot be read');
  }
}

export const forgetSession = (): void => rmSync(place(), { force: true });

export const notSignedIn = (why: string): NotSignedIn => new NotSignedIn(`${why}: ${CALL} login`);
