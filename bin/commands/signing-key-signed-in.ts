/**
 * The signing keys by way of the admin API, as the root who is signed in: without AWS credentials.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { type Item, table } from '../api/table.ts';
import type { Output } from './command.ts';

export const SIGNED_IN = { 'signed-in': { type: 'boolean', default: false } } as const;
export const SIGNED_IN_USAGE = '| --signed-in';

const COLUMNS = {
  ...{ KID: 'kid', ALG: 'algorithm', PART: 'part' },
  ...{ 'SIGNS FROM': 'signsAt', 'GOES AT': 'goesAt' },
};

const api = () => adminApi({ url: undefined, local: false });

export async function listSignedIn(): Promise<Output> {
  const { body } = await api().get(['signing-keys']);
  const items = body['items'] as Item[];
  const shown = items.map(({ signsFrom, verifiesUntil, ...key }) => ({
    ...key,
    ...{ signsAt: signsFrom, goesAt: verifiesUntil },
  }));
  return {
    json: body,
    text: table(shown, COLUMNS),
    ...(body['withdrawnAt'] !== undefined && {
      note: 'keys of these are withdrawn, and go with the next rotation',
    }),
  };
}

/** It comes a moment later, so nothing is waited for. */
export async function rotateSignedIn(withdraw: boolean): Promise<Output> {
  const { body } = await api().create(['signing-keys', withdraw ? 'withdrawal' : 'rotation'], {});
  return {
    json: body,
    text: withdraw
      ? 'asked for: in five minutes no token of the keys of now is accepted; log in again then'
      : 'asked for: the new keys are published in a moment, and sign once their propagation time has passed',
  };
}
