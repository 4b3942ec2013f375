/** POST /login: who gets in. Real handler, real store, real keys; nothing patched. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, put, updateIf } from '../../../lib/aws/table.ts';
import { hashPassword } from '../../../lib/sign-in/password.ts';
import { createDomain, domainKey } from '../../../lib/store/directory/domains.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser } from '../../../lib/store/directory/users.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { advance, coldStart, type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
// In a window of its own: the failures of the test before do not count.
beforeEach(() => advance(900));

const headers = { 'content-type': 'application/json' };
const login = (username: string, password = 'secret') =>
  service.postLogin({ headers, body: JSON.stringify({ username, password }) });
const setHash = (id: string, passwordHash: string) =>
  updateIf(service.tables.directory, subjectKey(id), {
    set: { expression: 'passwordHash = :hash', values: { ':hash': passwordHash } },
    when: { expression: 'attribute_exists(pk)' },
  });
const stored = async (id: string) =>
  (await get(service.tables.directory, subjectKey(id))) as Record<string, unknown>;
const hashOf = async (id: string) =>
  (await readUser(service.tables.directory, id))?.passwordHash ?? '';

describe('a name', () => {
  test.each([
    ['in another case', 'JOSÉ@MYDOMAIN.COM'],
    ['in full width (RFC 8265 §3.3)', 'ｊｏｓé＠mydomain.com'],
    ['in decomposed Unicode', 'jose\u0301@mydomain.com'],
    ['with white space around it', '  josé@mydomain.com '],
  ])('%s is the same user, who keeps the name as registered', async (_case, written) => {
    const name = 'José@mydomain.com';
    await addUser(service, { username: name }).catch(() => undefined);
    const { status, body } = await login(written);
    expect([status, body['username']]).toEqual([200, name]);
  });

  test.each([
    ['of another user', 'jose@mydomain.com'],
    ['with a letter of another script that looks alike', 'jоsé@mydomain.com'],
    ['with an invisible character', 'jos\u200bé@mydomain.com'],
    ['with a bidirectional override', '\u202ejosé@mydomain.com'],
    ['with a NUL', 'josé@mydomain.com\u0000'],
    ['that is a stored key', 'login#josé@mydomain.com'],
  ])('%s is somebody else', async (_case, written) => {
    expect((await login(written)).status).toBe(404);
  });

  test('that cannot be a name is nobody, even if somebody is called like the placeholder', async () => {
    await addUser(service, { username: '0'.repeat(24) });
    expect((await login('\u0000')).status).toBe(404);
  });
});

describe('refusals', () => {
  test('a user without a password cannot sign in with an empty one', async () => {
    const { id, username } = await addUser(service);
    const { passwordHash: _gone, ...without } = await stored(id);
    await put(service.tables.directory, without);
    expect((await login(username, '')).status).toBe(401);
  });

  test('a disabled user gets the answer of a wrong password, until enabled again', async () => {
    const { id, username } = await addUser(service);
    await setDisabled(service.tables.directory, subjectKey(id), true);
    expect(await login(username)).toEqual(await login(username, 'guess'));
    await setDisabled(service.tables.directory, subjectKey(id), false);
    expect((await login(username)).status).toBe(200);
  });

  test('a user of a disabled or missing domain gets the answer of a wrong password', async () => {
    const domain = 'closed.example';
    const { username } = await addUser(service, { domain });
    expect((await login(username)).status).toBe(401);
    await createDomain(service.tables.directory, { name: domain, disabled: true, generation: 1 });
    expect((await login(username)).body).toEqual({ status: 'error', info: 'Invalid credentials' });
    await setDisabled(service.tables.directory, domainKey(domain), false);
    expect((await login(username)).status).toBe(200);
  });

  test('nothing but the attempt is written when nobody gets in', async () => {
    service.dynamodb.requests.length = 0;
    await login('nobody@mydomain.com');
    await login('200@mydomain.com', 'guess');
    const reads = ['BatchGetItem', 'GetItem'];
    const writes = service.dynamodb.requests.filter(({ action }) => !reads.includes(action));
    // Of each, that it was refused.
    const told = writes.filter(({ action }) => action === 'TransactWriteItems');
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toMatch(/nobody@|guess/);
    const counts = writes.filter((one) => !told.includes(one));
    expect(counts).toHaveLength(6);
    for (const { action, body } of counts) {
      expect(action).toBe('UpdateItem');
      expect(body).toMatchObject({ Key: { pk: { S: expect.stringMatching(/^attempts#/) } } });
    }
  });

  test('an unknown user costs the same requests as a wrong password, of the same sizes', async () => {
    const cost = async (username: string) => {
      service.dynamodb.requests.length = 0;
      await login(username, 'guess');
      return service.dynamodb.requests.map(({ action, body }) => [action, Object.keys(body)]);
    };
    const wrong = await cost('200@mydomain.com');
    // The name with what was counted, the user, the three counters, and the event.
    expect(wrong).toHaveLength(6);
    expect(await cost('999@mydomain.com')).toEqual(wrong);
    expect(await cost('\u0000')).toEqual(wrong);
  });

  test('REVEAL_UNKNOWN_USER=false answers nobody and a wrong password alike', async () => {
    process.env['REVEAL_UNKNOWN_USER'] = 'false';
    const { postLogin } = await coldStart();
    delete process.env['REVEAL_UNKNOWN_USER'];
    const answers = await Promise.all(
      ['nobody@mydomain.com', '200@mydomain.com', '\u0000'].map((username) =>
        postLogin({ headers, body: JSON.stringify({ username, password: 'guess' }) }),
      ),
    );
    const [first] = answers;
    expect(first).toMatchObject({ status: 401, body: { info: 'Invalid credentials' } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe('a hash of lower cost', () => {
  const weak = () => hashPassword('secret', { memory: 1024, passes: 1, parallelism: 1 });

  test('is replaced at the next login, and the password still works', async () => {
    const { id, username } = await addUser(service);
    await setHash(id, await weak());
    expect((await login(username)).status).toBe(200);
    expect(await hashOf(id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(username)).status).toBe(200);
  });

  test('stays when the password was wrong', async () => {
    const { id, username } = await addUser(service);
    const stored = await weak();
    await setHash(id, stored);
    expect((await login(username, 'guess')).status).toBe(401);
    expect(await hashOf(id)).toBe(stored);
  });

  test('does not overwrite a password that was changed meanwhile', async () => {
    const { id, username } = await addUser(service);
    await setHash(id, await weak());
    const changed = await hashPassword('changed');
    service.dynamodb.inject(async ({ action }) => {
      if (action === 'UpdateItem') await setHash(id, changed);
      return undefined;
    });
    await login(username);
    service.dynamodb.heal();
    expect(await hashOf(id)).toBe(changed);
  });

  test('beyond any use is our fault, not a wrong password', async () => {
    const { id, username } = await addUser(service);
    await setHash(id, '$argon2id$v=19$m=9999999,t=99,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaGhhc2g');
    expect((await login(username)).status).toBe(500);
  });
});
