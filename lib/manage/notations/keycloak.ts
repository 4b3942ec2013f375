/**
 * A password as Keycloak exports it among the credentials of a user: `{ type: "password", secretData,
 * credentialData }`, the latter two as JSON within the JSON, or as objects.
 *
 * @module
 * @see org.keycloak.models.credential.PasswordCredentialModel
 */
import * as v from 'valibot';
import type { Pbkdf2Digest } from '../../key-derivation.ts';
import { writePbkdf2 } from '../../sign-in/hashes/pbkdf2.ts';
import { readBase64, writePhc } from '../../sign-in/hashes/phc.ts';

const inJson = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      if (typeof dataset.value !== 'string') return dataset.value;
      try {
        return JSON.parse(dataset.value) as unknown;
      } catch {
        addIssue({ message: 'must be JSON' });
        return NEVER;
      }
    }),
    schema,
  );

const Credential = v.object({
  type: v.optional(v.literal('password')),
  secretData: inJson(v.object({ value: v.string(), salt: v.string() })),
  credentialData: inJson(
    v.object({
      algorithm: v.string(),
      hashIterations: v.pipe(v.number(), v.integer(), v.minValue(1)),
      additionalParameters: v.optional(v.record(v.string(), v.array(v.string()))),
    }),
  ),
});

const DIGESTS: Readonly<Record<string, Pbkdf2Digest>> = {
  pbkdf2: 'sha1',
  'pbkdf2-sha256': 'sha256',
  'pbkdf2-sha512': 'sha512',
};

/** @returns As it is stored here; `undefined` for anything else. */
export function fromKeycloak(given: object): string | undefined {
  const { success, output } = v.safeParse(Credential, given);
  if (!success) return undefined;
  const { secretData, credentialData } = output;
  const { algorithm, hashIterations: iterations, additionalParameters = {} } = credentialData;
  const [salt, hash] = [readBase64(secretData.salt), readBase64(secretData.value)];
  if (!salt || !hash) return undefined;
  if (algorithm === 'argon2') return argon2(iterations, additionalParameters, [salt, hash]);
  const digest = Object.hasOwn(DIGESTS, algorithm) ? DIGESTS[algorithm] : undefined;
  return digest && writePbkdf2({ digest, iterations, salt, hash });
}

type Parameters = Readonly<Record<string, readonly string[]>>;

function argon2(t: number, given: Parameters, parts: readonly Buffer[]): string | undefined {
  const { type, version, memory, parallelism } = given;
  const [m, p] = [Number(memory?.[0]), Number(parallelism?.[0])];
  if (version?.[0] !== '1.3' || !Number.isInteger(m) || !Number.isInteger(p)) return undefined;
  return writePhc({ name: `argon2${type?.[0]}`, version: 19, costs: { m, t, p }, parts });
}
