/**
 * latchkey signing-key ls: the published halves of the signing keys, as verifiers see them.
 *
 * @module
 */
import { epochMilliseconds, type Instant, isOver, NEVER, secondOf } from '../../lib/time.ts';
import type { PublicKey } from '../../lib/tokens/key-set.ts';
import { table } from '../api/table.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Command, command } from './command.ts';

const COLUMNS = {
  KID: 'kid',
  ALG: 'alg',
  STATE: 'state',
  'SIGNS FROM': 'signsAt',
  'VERIFIES UNTIL': 'verifiesAt',
};

export const signingKeyLs: Command = command({
  summary: 'lists the signing keys: which one signs, since when, and until when each verifies',
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run(_operands, { stage, ...place }) {
    useDeployment(place);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ connect }, { readPublicKeys }, { PublicKeys }, { parse }] = await Promise.all([
      import('../../lib/aws/table.ts'),
      import('../../lib/store/directory/public-keys.ts'),
      import('../../lib/tokens/key-set.ts'),
      import('valibot'),
    ]);
    const directory = { client: connect(), name: `latchkey-${stage}-directory` };
    const stored = await asking('table', directory.name, () => readPublicKeys(directory));
    const keys = parse(PublicKeys, stored ?? []);
    const now = secondOf(epochMilliseconds(Date.now()));
    const listed = keys.map((key) => ({
      kid: key.kid,
      alg: key.alg,
      state: stateOf(key, keys, now),
      signsAt: key.signsFrom,
      verifiesAt: key.verifiesUntil,
    }));
    return { json: listed, text: table(listed, COLUMNS) };
  },
});

/** Of an algorithm the youngest signs whose time has come. */
function stateOf(key: PublicKey, keys: readonly PublicKey[], now: Instant): string {
  if (key.signsFrom > now) return 'waits';
  if (isOver(key.verifiesUntil ?? NEVER, now)) return 'over';
  const younger = keys.some(
    ({ alg, signsFrom }) => alg === key.alg && signsFrom <= now && signsFrom > key.signsFrom,
  );
  return younger ? 'verifies' : 'signs';
}
