/**
 * Wiring of `rotate`: the secret, and where its public half is published.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { connect } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import { signingKeysChanged } from '../events/kinds/signing-keys.ts';
import { trailOf } from '../events/trail.ts';
import { publishKeys, readPublicKeys } from '../store/directory/public-keys.ts';
import { readWithdrawal } from '../store/directory/withdrawal.ts';
import type { PublicKey } from '../tokens/key-set.ts';
import type { Rotation } from '../tokens/rotation.ts';
import { now, TRAILING, trailServices } from './collaborators.ts';

/** @returns Of a version and the ARN of the function: it is the one that publishes. */
export function composeRotation(): (version: string, arn: string) => Rotation {
  const config = readConfig(process.env, [
    'directoryTable',
    'signingKeysSecret',
    'maxTokenLifetime',
    'keyPropagation',
    ...TRAILING,
  ]);
  const { keyPropagation, maxTokenLifetime } = config;
  const client = connect();
  const directory = { client, name: config.directoryTable };
  const secret = connectSecrets(config.signingKeysSecret);
  const trail = trailServices(client, config);
  return (version, arn) => ({
    secret,
    version,
    times: { now: now(), propagation: keyPropagation, maxTokenLifetime },
    publish: (keys, before, madeAt) => {
      const told = signingKeysChanged('signing-keys.rotated', {
        before: idsOf(before),
        after: idsOf(keys),
      });
      return publishKeys(directory, keys, madeAt, trailOf(trail, { kind: 'aws', arn })(told));
    },
    readPublished: () => readPublicKeys(directory),
    readWithdrawn: async () => {
      const { kids = [] } = (await readWithdrawal(directory)) ?? {};
      return (kid) => kids.includes(kid);
    },
  });
}

const idsOf = (keys: readonly PublicKey[]): string[] => keys.map(({ kid }) => kid);
