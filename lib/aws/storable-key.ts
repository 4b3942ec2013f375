/**
 * What DynamoDB can hold as a key. What callers send becomes part of keys in many places, so the rule is
 * here, under all of them: nothing is stored under what can be no key, so there is nothing to find.
 *
 * @module
 * @see DynamoDB Developer Guide, "Quotas": a partition key of 1 to 2,048 bytes of UTF-8, a sort key of
 *      1 to 1,024
 */
const MAX_PARTITION = 2048;
const MAX_SORT = 1024;

export const isPartition = (pk: string): boolean => fits(pk, MAX_PARTITION);

export const isStorable = ({ pk, sk }: { pk: string; sk: string }): boolean =>
  isPartition(pk) && fits(sk, MAX_SORT);

/** A lone surrogate has no UTF-8. */
const fits = (text: string, most: number): boolean =>
  text !== '' && Buffer.byteLength(text) <= most && text.isWellFormed();
