/**
 * Which letters of a new key come to nothing: a key never does more than its owner may at the time of
 * the call, so it can be made with more than that, and is refused when it is used.
 *
 * @module
 */
import type { AdminApi } from '../api/admin-api.ts';
import { Refused } from './failure.ts';

const METHODS: Readonly<Record<string, string>> = { c: 'POST', r: 'GET', u: 'PATCH', d: 'DELETE' };

/** @returns As in `cdr=r`. None where whoever asks may not look. */
export async function idleLetters(
  api: AdminApi,
  id: string,
  acl: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const asked = Object.entries(acl).flatMap(([resource, letters]) =>
    letters.map((letter) => ({ resource, letter, method: METHODS[letter[0] ?? ''] ?? 'GET' })),
  );
  const idle: string[] = [];
  try {
    for (const { resource, letter, method } of asked) {
      const { body: known } = await api.get(['resources', ...resource.split('/')]);
      const [pattern = `/${resource}`] = known['patterns'] as string[];
      const path = pattern.replace(/[{}]/g, '');
      const { body } = await api.get(['sessions', id, 'explain'], { method, path });
      if (body['verdict'] === 'forbidden') idle.push(`${resource}=${letter}`);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  return idle;
}
