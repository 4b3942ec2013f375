/**
 * The signing keys as the admin API shows them: what is public of them. Both changes are asked for, and
 * come a moment later (202).
 *
 * @module
 */
import type * as v from 'valibot';
import { type HttpResponse, json } from '../../http/response.ts';
import {
  findSigningKeys,
  rotateSigningKeys,
  type SeenKeys,
  withdrawSigningKeys,
} from '../../manage/signing-keys/lifecycle.ts';
import { between, type Instant } from '../../time.ts';
import type { Call, Handler } from './call.ts';
import type * as answers from './signing-keys-answers.ts';

const view = (
  { keys, withdrawal }: SeenKeys,
  now: Instant,
): v.InferOutput<typeof answers.SigningKeys> => ({
  items: keys.map(({ kid, alg, part, signsFrom, verifiesUntil }) => ({
    kid,
    algorithm: alg,
    part,
    signsFrom,
    ...(part !== 'next' && { age: between(signsFrom, now) }),
    ...(verifiesUntil !== undefined && { verifiesUntil }),
  })),
  ...(withdrawal && { withdrawnAt: withdrawal.at }),
});

async function asNow({ tables, administrator, now }: Call, status = 200): Promise<HttpResponse> {
  const seen = await findSigningKeys(tables.directory, administrator, now);
  return json(status, view(seen, now));
}

const list: Handler = (call) => asNow(call);

const rotate: Handler = async (call) => {
  const { tables, administrator, askForRotation, trail } = call;
  await rotateSigningKeys(tables.directory, administrator, askForRotation, trail);
  return asNow(call, 202);
};

const withdraw: Handler = async (call) => {
  const { tables, administrator, askForRotation, trail, now } = call;
  await withdrawSigningKeys(tables.directory, administrator, askForRotation, { now, trail });
  return asNow(call, 202);
};

export const signingKeys = { list, rotate, withdraw };
