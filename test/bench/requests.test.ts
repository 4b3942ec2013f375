/** What operations send to DynamoDB, and what that bills: the built functions, counted on the wire. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXPECTED } from '../../bench/counts.ts';
import { countRequests } from '../../bench/requests.ts';
import { type Service, startService } from '../../bench/service.ts';

let service: Service;
// A machine with other work to do is slow, not wrong.
beforeAll(async () => {
  service = await startService();
}, 180_000);
afterAll(() => service.stop());

test('each operation sends as many requests, of as many units, as docs/performance.md says', async () => {
  const seen = await countRequests(service);
  const numbers = Object.entries(seen).map(([name, { requests, units }]) => [
    name,
    { requests, units },
  ]);
  expect(Object.fromEntries(numbers)).toEqual(EXPECTED);
}, 60_000);
