/** The Mluvii dialect as documented: requests and answers of test/fixtures/mluvii. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixturesOf, matching } from '../../support/calls/fixtures.ts';
import { type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test.each(fixturesOf('mluvii'))('$name: $answer.status', async ({ request, answer }) => {
  const { route, headers, body } = request;
  const { status, body: answered } = await service.send(route, { headers, body: String(body) });
  expect({ status, body: answered }).toEqual({
    status: answer.status,
    body: matching(answer.body),
  });
});
