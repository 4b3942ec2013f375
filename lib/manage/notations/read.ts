/**
 * A password hash as the system writes it that a user comes from, in the form in which it is stored here.
 *
 * A text is told by its form: PHC strings, bcrypt, Django's, passlib's, ASP.NET's. An object is a credential
 * of Keycloak's, or says its `algorithm`. Django's mark of an account without a password is one here, too.
 *
 * NOT checked: that it is the hash of any password.
 *
 * @module
 */
import { judgeStored } from '../../sign-in/hashes/stored.ts';
import { fromAspNet } from './aspnet.ts';
import { fromDjango } from './django.ts';
import { fromKeycloak } from './keycloak.ts';
import { fromNamed } from './named.ts';
import { fromPasslib } from './passlib.ts';

export type GivenHash = string | Readonly<Record<string, unknown>>;
export type ReadHash =
  | { status: 'ok'; stored: string }
  | { status: 'none' }
  | { status: 'unknown' }
  | { status: 'too_dear' };

const UNUSABLE = /^![A-Za-z0-9]{0,64}$/;

/** @param login - The user's name there, where the hash is made of it, too. */
export async function readHash(given: GivenHash, login: string): Promise<ReadHash> {
  if (typeof given === 'string' && UNUSABLE.test(given)) return { status: 'none' };
  const stored = typeof given === 'string' ? fromText(given) : await fromObject(given, login);
  const judged = stored === undefined ? 'unknown' : judgeStored(stored);
  return stored !== undefined && judged === 'usable'
    ? { status: 'ok', stored }
    : { status: judged === 'too_dear' ? 'too_dear' : 'unknown' };
}

/** As it is, where it is nobody's notation. */
const fromText = (text: string): string =>
  fromDjango(text) ?? fromPasslib(text) ?? fromAspNet(text) ?? text;

const fromObject = async (given: object, login: string): Promise<string | undefined> =>
  (await fromNamed(given, login)) ?? fromKeycloak(given);
