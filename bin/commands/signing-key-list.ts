/**
 * latchkey signing-key ls: each signing key, its age, which one signs, and when it goes.
 *
 * What is shown is the published half, in the directory table; the secret is not asked for. With --signed-in it
 * is the admin API that shows it.
 *
 * @module
 */
import * as v from 'valibot';
import type { Instant } from '../../lib/time.ts';
import { type Part, partOf } from '../../lib/tokens/part.ts';
import { table } from '../api/table.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Command, command } from './command.ts';
import { listSignedIn, SIGNED_IN, SIGNED_IN_USAGE } from './signing-key-signed-in.ts';

const COLUMNS = {
  ...{ KID: 'kid', ALG: 'alg', STATE: 'state', 'SIGNS FROM': 'signsAt' },
  ...{ AGE: 'age', 'GOES AT': 'goesAt' },
};

export const signingKeyList: Command = command({
  summary: 'lists the signing keys: the age of each, which signs, and when it goes',
  usage: `${DEPLOYMENT_USAGE} ${SIGNED_IN_USAGE}`,
  options: { ...DEPLOYMENT, ...SIGNED_IN },
  async run(_operands, { stage, 'signed-in': signedIn, ...place }) {
    if (signedIn) return listSignedIn();
    useDeployment(place);
    const items = await signingKeysOf(stage, Math.floor(Date.now() / 1000) as Instant);
    return { json: items, text: table(items, COLUMNS) };
  },
});

export type ShownKey = {
  kid: string;
  alg: string;
  state: 'waits' | 'signs' | 'verifies' | 'gone';
  signsAt: number;
  age: string;
  goesAt?: number | undefined;
};

export async function signingKeysOf(stage: string, now: Instant): Promise<ShownKey[]> {
  // Loaded only now: the SDK takes longer to load than the other commands to run.
  const [{ connect }, { readPublicKeys }, { PublicKeys }] = await Promise.all([
    import('../../lib/aws/table.ts'),
    import('../../lib/store/directory/public-keys.ts'),
    import('../../lib/tokens/key-set.ts'),
  ]);
  const directory = { client: connect(), name: `latchkey-${stage}-directory` };
  const stored = await asking('table', directory.name, () => readPublicKeys(directory));
  const keys = v.parse(PublicKeys, stored ?? []);
  return keys
    .toSorted((one, other) => other.signsFrom - one.signsFrom)
    .map((key) => ({
      ...{
        kid: key.kid,
        alg: key.alg,
        state: stateOf(partOf(key, keys, now)),
        signsAt: key.signsFrom,
      },
      ...{ age: ageOf(now - key.signsFrom), goesAt: key.verifiesUntil },
    }));
}

const STATES = { next: 'waits', current: 'signs', previous: 'verifies' } as const;
const stateOf = (part: Part | undefined): ShownKey['state'] => (part ? STATES[part] : 'gone');

const DAY = 86_400;
/** Days, and hours below one. */
function ageOf(seconds: number): string {
  if (seconds < 0) return '-';
  return seconds < DAY ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / DAY)} d`;
}
