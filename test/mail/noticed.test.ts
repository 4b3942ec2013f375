/** From a change to the queue of mails, through the reader of the stream, as it is deployed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Readers, startReaders, writeEvent } from '../support/running/event-readers.ts';

let readers: Readers;
beforeAll(async () => {
  readers = await startReaders();
});
afterAll(() => readers.stop());

test('whatever changes how an account is entered is mailed, whoever changed it', async () => {
  const id = await writeEvent(readers.events, { type: 'user.password-changed' });
  await writeEvent(readers.events, { type: 'user.enabled' });
  await expect
    .poll(() => readers.told.mail.map((body) => JSON.parse(body)))
    .toEqual([{ kind: 'notice', domain: 'mydomain.com', id }]);
});
