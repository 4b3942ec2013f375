/** Whose users a client may act for. */
import { expect, test } from 'vitest';
import { admits } from '../../lib/verdict/admitted.ts';

test.each<[string, { domain: string; domains?: string[] }, boolean]>([
  ['of its own domain, where it is registered for no other', { domain: 'a.com' }, true],
  ['of none but that', { domain: 'b.com' }, false],
  ['of those it is registered for', { domain: 'b.com', domains: ['a.com', 'c.com'] }, true],
  ['of its own only where that is among them', { domain: 'a.com', domains: ['b.com'] }, false],
  ['of all', { domain: 'b.com', domains: ['*'] }, true],
  ['of nobody', { domain: 'a.com', domains: [] }, false],
])('%s', (_case, client, admitted) => expect(admits(client, { domain: 'a.com' })).toBe(admitted));
