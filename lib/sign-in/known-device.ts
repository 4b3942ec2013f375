/**
 * The browsers in which a user has signed in, each by a secret that it keeps. Whoever floods a name from
 * everywhere can make a stranger wait, but not the owner in a browser of theirs: there, attempts are counted
 * by themselves (device-attempts.ts).
 *
 * The secret opens nothing. Whoever steals it may try as often as one address may, and no oftener.
 *
 * Whatever signs the user out everywhere takes this from all browsers, too: somebody else may have been in
 * one. It stays known that there was a sign-in, so that it is no new device the next time.
 *
 * Errors: those of lib/aws/table.ts; a name of nobody is known in no browser, by the same requests.
 *
 * @module
 * @see OWASP, Slow Down Online Guessing Attacks with Device Cookies
 */
import type { Tables } from '../aws/tables.ts';
import { transact } from '../aws/transaction.ts';
import { sha256 } from '../crypto.ts';
import { toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { readUser } from '../store/directory/users.ts';
import { type Devices, deviceWrite, readDevices } from '../store/sessions/devices.ts';
import { type Instant, seconds } from '../time.ts';
import { NOBODY } from './authenticate.ts';

/** A sign-in in a browser that is known is noted once a day. */
const NOTED_EACH = seconds(86_400);

export const deviceHash = (secret: string): string => sha256(secret).toString('base64url');

/** @param secret - Of the browser. */
export async function isKnownDevice(
  { directory, sessions }: Tables,
  { userId = NOBODY, secret }: { userId: string | undefined; secret: string },
  now: Instant,
): Promise<boolean> {
  const [user, { devices }] = await Promise.all([
    readUser(directory, userId),
    readDevices(sessions, userId, now),
  ]);
  const hash = deviceHash(secret);
  return devices.some((one) => one.hash === hash && one.generation === user?.generation);
}

export type Noted = { isNew: boolean; note: () => Promise<void> };

/**
 * Somebody has just signed in there.
 *
 * @returns Whether it is for the first time, and what notes it. Where that fails, or another sign-in was
 *          quicker, it is not noted, and the sign-in is one all the same.
 */
export async function noteDevice(
  { sessions }: Pick<Tables, 'sessions'>,
  user: Pick<Subject, 'id' | 'generation'>,
  secret: string,
  now: Instant,
): Promise<Noted> {
  const read = await readDevices(sessions, user.id, now);
  const device = { hash: deviceHash(secret), generation: user.generation, at: now };
  const before = read.devices.find(({ hash }) => hash === device.hash);
  const isNoted = before?.generation === device.generation && now - before.at < NOTED_EACH;
  const note = async () => {
    if (!isNoted) await tryToNote(sessions, user.id, read, device);
  };
  return { isNew: before === undefined, note };
}

async function tryToNote(
  sessions: Tables['sessions'],
  userId: string,
  read: Devices,
  device: Devices['devices'][number],
): Promise<void> {
  try {
    await transact([deviceWrite(sessions, userId, read, device)]);
  } catch (error) {
    logFault(toAuthError(error), { rule: 'device' });
  }
}
