/**
 * The least that a verdict can cost: one read of everything it depends on, and one signature check
 * with a key that is ready.
 *
 * The answer is neither turned into values nor looked at.
 *
 * @module
 */
import { createPublicKey, verify } from 'node:crypto';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Parts } from './parts.ts';

export function floor({
  read,
  jwk,
  signed,
  signature,
}: Parts & { read: BatchGetItemCommandInput }) {
  const client = new DynamoDBClient({});
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  /** @returns How many items came. */
  return async (): Promise<number> => {
    if (!verify('sha256', signed, key, signature)) throw new Error('the signature is not valid');
    const { Responses = {} } = await client.send(new BatchGetItemCommand(read));
    return Object.values(Responses).flat().length;
  };
}
