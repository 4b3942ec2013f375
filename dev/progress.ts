/**
 * Says what a start is at, where that takes longer than a person waits without wondering.
 *
 * @module
 */
const SOON_MS = 1000;

/** Settles as the work does. */
export async function progress<T>(
  log: (line: string) => void,
  what: string,
  work: Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => log(`${what} …`), SOON_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
