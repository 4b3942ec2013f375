/**
 * What somebody unproven asks for is the same work whoever has that address: the same answer, and the same
 * requests to DynamoDB. Who it is, is looked up by what reads the queue.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { addUser, sendJson } from '../support/actors/accounts.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { MAIL_QUEUE } from '../support/running/queues.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { mailOrders } from '../support/web/recovery.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ MAIL_QUEUE });
  const people = ['known@example.com', 'asleep@example.com'].map((email) =>
    addUser(service.tables.directory, { username: email, email, activated: true }),
  );
  const [, asleep] = await Promise.all(people);
  await setDisabled(service.tables.directory, subjectKey(asleep?.id ?? ''), true);
});
afterAll(() => service.stop());
beforeEach(() => {
  // So that no count of an attempt before is added to.
  advance(7200);
});

const byPage = (path: string) => async (email: string, sending: () => void) => {
  const browser = openBrowser(service);
  const page = await browser.go(`GET ${path}`);
  sending();
  return browser.post(page, { login: email });
};
const WAYS: Record<string, (email: string, sending: () => void) => Promise<Answer>> = {
  'POST /user/forgot-password': (email, sending) => {
    sending();
    return service.send('POST /user/forgot-password', sendJson({ email }));
  },
  'the page for a forgotten password': byPage('/account/forgot-password'),
  'the page for a link past a flood': byPage('/account/locked'),
};
const ADDRESSES = ['known@example.com', 'nobody@example.com', 'asleep@example.com'];

describe.each(Object.entries(WAYS))('%s', (_way, ask) => {
  test('answers and asks DynamoDB the same for somebody, nobody, and who is switched off', async () => {
    const seen = [];
    for (const email of ADDRESSES) {
      service.queue.requests.length = 0;
      const { status, text } = await ask(email, () => {
        service.dynamodb.requests.length = 0;
      });
      const requests = service.dynamodb.requests.map(({ action, body }) => [
        action,
        Object.keys(body),
      ]);
      seen.push({ status, text: text.replaceAll(email, 'ADDRESS'), requests });
      expect(mailOrders(service)).toMatchObject([{ kind: 'asked', login: email }]);
    }
    expect(seen[0]?.status).toBe(200);
    expect(seen[0]?.requests.length).toBeGreaterThan(0);
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
  });
});
