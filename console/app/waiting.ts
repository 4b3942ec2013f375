/**
 * That a call waits, and for how long: so that whoever looks at the page sees why nothing happens.
 *
 * Units:  seconds.
 *
 * @module
 */
let until = 0;
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Epoch milliseconds at which the last call that waits goes on; 0 for none. */
export const waitingUntil = (): number => until;
export function onWaiting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function waitVisibly(seconds: number): Promise<void> {
  until = Math.max(until, Date.now() + seconds * 1000);
  tell();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  if (Date.now() < until) return;
  until = 0;
  tell();
}
