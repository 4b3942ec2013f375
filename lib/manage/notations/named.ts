/**
 * Password hashes that are told apart by a name beside them:
 *
 *   { algorithm: "firebase-scrypt", hash, salt, signerKey, saltSeparator, rounds, memoryCost }
 *       as in an export of Firebase and the hash parameters of its project
 *   { algorithm: "digest-a1", hash, username?, realm? }
 *       the MD5 in hexadecimal digits of username:realm:password, as servers of telephony keep it; these
 *       two are the parts of the user's name around the last @, unless they are said
 *
 * @module
 */
import * as v from 'valibot';
import { writeDigestA1 } from '../../sign-in/hashes/digest-a1.ts';
import { writeFirebase } from '../../sign-in/hashes/firebase.ts';
import { readBase64 } from '../../sign-in/hashes/phc.ts';
import { hashPassword } from '../../sign-in/password.ts';

const Natural = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000));
const Named = v.variant('algorithm', [
  v.strictObject({
    algorithm: v.literal('firebase-scrypt'),
    hash: v.string(),
    salt: v.string(),
    signerKey: v.string(),
    saltSeparator: v.string(),
    rounds: Natural,
    memoryCost: Natural,
  }),
  v.strictObject({
    algorithm: v.literal('digest-a1'),
    hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/i)),
    username: v.optional(v.string()),
    realm: v.optional(v.string()),
  }),
]);
type Named = v.InferOutput<typeof Named>;

/** @returns As it is stored here; `undefined` for anything else. */
export async function fromNamed(given: object, login: string): Promise<string | undefined> {
  const { success, output } = v.safeParse(Named, given);
  if (!success) return undefined;
  return output.algorithm === 'digest-a1' ? digestA1(output, login) : firebase(output);
}

type Of<Name> = Extract<Named, { algorithm: Name }>;

function firebase(given: Of<'firebase-scrypt'>): string | undefined {
  const { memoryCost: ln, rounds: r } = given;
  const [salt, separator] = [readBase64(given.salt), readBase64(given.saltSeparator)];
  const [signerKey, hash] = [readBase64(given.signerKey), readBase64(given.hash)];
  if (!salt || !separator || !signerKey || !hash) return undefined;
  return writeFirebase({ ln, r, salt, separator, signerKey, hash });
}

async function digestA1(
  { hash, ...given }: Of<'digest-a1'>,
  login: string,
): Promise<string | undefined> {
  const at = login.lastIndexOf('@');
  const { username = login.slice(0, Math.max(at, 0)), realm = login.slice(at + 1) } = given;
  if (username === '' || realm === '') return undefined;
  return writeDigestA1({ username, realm }, await hashPassword(hash.toLowerCase()));
}
