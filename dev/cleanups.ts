/**
 * What has been started, to be stopped in the opposite order, once, whatever fails on the way.
 *
 * @module
 */
export interface Cleanups {
  add(cleanup: () => void | Promise<void>): void;
  run(): Promise<void>;
}

export function cleanups(): Cleanups {
  const pending: (() => void | Promise<void>)[] = [];
  return {
    add: (cleanup) => void pending.push(cleanup),
    async run() {
      const failures: unknown[] = [];
      for (let next = pending.pop(); next; next = pending.pop()) {
        try {
          await next();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'not everything stopped');
    },
  };
}
