/**
 * Argon2 gives the same for the same; in the suite it is asked the same all day, at 30 ms each. What is asked
 * with another salt, password or cost is computed.
 *
 * @module
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

type Argon2 = typeof crypto.argon2;

/** Files share a process, and each sets up anew. */
const DONE = Symbol.for('latchkey.remembered-hashes');

export function rememberHashes(): void {
  if (DONE in crypto.argon2) return;
  const compute = crypto.argon2;
  const known = new Map<string, Buffer>();
  const remembering = ((algorithm, parameters, done) => {
    const { nonce, ...others } = parameters;
    const asked = JSON.stringify([algorithm, others, Buffer.from(nonce as Buffer).toString('hex')]);
    const tag = known.get(asked);
    if (tag) return void setImmediate(done, null, Buffer.from(tag));
    compute(algorithm, parameters, (error, result) => {
      if (!error) known.set(asked, Buffer.from(result));
      done(error, result);
    });
  }) as Argon2;
  crypto.argon2 = Object.assign(remembering, { [DONE]: true });
  syncBuiltinESMExports();
}
