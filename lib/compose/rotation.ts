/**
 * Wiring of `rotate`: the secret, and where its public half is published.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { connect, type Table } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import { publishKeys, readPublicKeys } from '../store/directory/public-keys.ts';
import type { Rotation } from '../tokens/rotation.ts';
import { now } from './collaborators.ts';

export function composeRotation(): (version: string) => Rotation {
  const { directoryTable, signingKeysSecret, maxTokenLifetime, keyPropagation } = readConfig(
    process.env,
    ['directoryTable', 'signingKeysSecret', 'maxTokenLifetime', 'keyPropagation'],
  );
  const directory: Table = { client: connect(), name: directoryTable };
  const secret = connectSecrets(signingKeysSecret);
  return (version) => ({
    secret,
    version,
    times: { now: now(), propagation: keyPropagation, maxTokenLifetime },
    publish: (keys, madeAt) => publishKeys(directory, keys, madeAt),
    readPublished: () => readPublicKeys(directory),
  });
}
