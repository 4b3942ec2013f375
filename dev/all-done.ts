/**
 * Work that runs side by side.
 *
 * @module
 */

/** Like `Promise.all`, but waits for the rest before it fails: what they start has to be stopped. */
export async function allDone<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
