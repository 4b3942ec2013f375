import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progress } from '../../dev/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what takes over a second is said, once; what does not, is not', async () => {
  const lines: string[] = [];
  const slow = Promise.withResolvers<string>();
  const waiting = progress((line) => lines.push(line), 'building', slow.promise);
  await progress((line) => lines.push(line), 'at once', Promise.resolve());
  await vi.advanceTimersByTimeAsync(999);
  expect(lines).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(lines).toEqual(['building …']);
  slow.resolve('built');
  expect(await waiting).toBe('built');
});

test('a failure is passed on, and nothing is said after it', async () => {
  const lines: string[] = [];
  const failing = progress((line) => lines.push(line), 'building', Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(5000);
  expect(lines).toEqual([]);
});
