/**
 * Which records of the tables' streams may be revocations. The streams carry keys and no images:
 * what is in an item is nobody's business here, so a change that takes nothing away counts too.
 *
 * Record: { eventSource, eventName, dynamodb: { Keys: { pk, sk } }, userIdentity? } as DynamoDB writes them;
 *         userIdentity is there where the TTL removed the item
 *
 * The event source mappings in serverless.yml filter alike, so that most records reach nobody.
 *
 * @module
 */
export type StreamRecord = {
  eventSource?: string | undefined;
  eventName?: string | undefined;
  dynamodb?:
    | { Keys?: Readonly<Record<string, { S?: string | undefined }>> | undefined }
    | undefined;
  userIdentity?: { type?: string; principalId?: string } | undefined;
};

/** Kinds of items that a verdict reads. Of others nothing can be revoked. */
const READ_BY_A_VERDICT = /^(session#.*|subject|domain|role|resources|manifest)$/s;

/** A new item takes nothing away, and what the TTL removes has ended before, by its own time. */
export function isRevocation({ eventName, dynamodb, userIdentity }: StreamRecord): boolean {
  if (eventName !== 'MODIFY' && eventName !== 'REMOVE') return false;
  if (userIdentity?.principalId === 'dynamodb.amazonaws.com') return false;
  return READ_BY_A_VERDICT.test(dynamodb?.Keys?.['sk']?.S ?? '');
}
