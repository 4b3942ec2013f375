/**
 * A user of before, whose name is stored with its domain in ASCII: found in either spelling at every door.
 * Real functions, real store.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillLists } from '../../lib/manage/deployment/fill-lists.ts';
import { readUser, saveUser } from '../../lib/store/directory/users.ts';
import { sendJson } from '../support/actors/accounts.ts';
import { saveNew } from '../support/actors/people.ts';
import { type Admin, all, type Caller, startAdmin } from '../support/running/admin.ts';

const LETTERS = 'háčky.cz';
const ASCII = 'xn--hky-ela4t.cz';
const SPELLINGS = [LETTERS, ASCII, LETTERS.toUpperCase(), ASCII.toUpperCase()];

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

/** As an earlier release has stored it. @param part - Before the `@`. */
async function ofBefore(part: string): Promise<string> {
  const name = `${part}@${ASCII}`;
  const { id } = await saveNew(service.tables.directory, { username: name });
  const before = await readUser(service.tables.directory, id);
  if (!before) throw new Error(part);
  await saveUser(service.tables.directory, { before, after: { ...before, names: [name] } });
  return id;
}
const signIn = (username: string, password = 'secret') =>
  service.send('POST /user/auth', sendJson({ username, password }));
const found = async (query: string) =>
  (await all(service, root, `/users?${query}`)).map(({ id }) => id);
const bodyOf = (username: string) => ({ username, password: 'a password that nobody has' });

describe('a user whose name is stored with its domain in ASCII', () => {
  test.each(SPELLINGS)('signs in as %s', async (domain) => {
    const part = `in-${SPELLINGS.indexOf(domain)}`;
    const id = await ofBefore(part);
    const { status, body } = await signIn(`${part}@${domain}`);
    expect([status, body['user']]).toMatchObject([200, { id }]);
  });

  test('is told from nobody neither by word nor by requests, with a wrong password', async () => {
    await ofBefore('known');
    const asked = async (username: string) => {
      const from = service.dynamodb.requests.length;
      const { status, body } = await signIn(username, 'wrong');
      const made = service.dynamodb.requests.slice(from).map(({ action }) => action);
      return { status, body, made };
    };
    const known = await asked(`known@${LETTERS}`);
    expect(known).toEqual(await asked(`nobody@${LETTERS}`));
    expect(known.made).toContain('BatchGetItem');
  });

  test('is nobody else’s: no other user gets that name, in either spelling', async () => {
    await ofBefore('taken');
    for (const domain of SPELLINGS) {
      const { status, body } = await service.admin(root, 'POST /users', {
        body: bodyOf(`taken@${domain}`),
      });
      expect([status, body['rule']]).toEqual([409, 'already-taken']);
    }
  });

  test('is there already for an import', async () => {
    const id = await ofBefore('moved');
    const users = [
      { username: `moved@${LETTERS}`, domain: 'mydomain.com', profile: { name: 'M' } },
    ];
    const body = { users, onExists: 'update' };
    const answer = await service.admin(root, 'POST /users/imports', { body });
    expect(answer.body).toMatchObject({ results: [{ status: 'updated', id }] });
    expect(await found(`login=moved@${ASCII}`)).toEqual([id]);
  });

  test('is found by administrators, and spelt anew by a change', async () => {
    const id = await ofBefore('found');
    for (const domain of SPELLINGS)
      expect(await found(`login=${encodeURIComponent(`found@${domain}`)}`)).toEqual([id]);
    const about = `login=found@${ASCII}&prefix=${encodeURIComponent(`found@${LETTERS}`)}`;
    expect(await found(about)).toEqual([id]);
    const change = { body: { activated: true }, headers: { 'if-match': '*' } };
    expect((await service.admin(root, `PATCH /users/${id}`, change)).status).toBe(200);
    expect((await readUser(service.tables.directory, id))?.names).toEqual([`found@${LETTERS}`]);
    expect((await signIn(`found@${ASCII}`)).status).toBe(200);
  });

  test('is in the list by the beginning of the name once the lists are filled', async () => {
    const id = await ofBefore('listed');
    const prefix = encodeURIComponent(`listed@${LETTERS}`);
    expect(await found(`prefix=${prefix}`)).toEqual([]);
    await fillLists(service.tables);
    expect(await found(`prefix=${prefix}`)).toEqual([id]);
    const user = await readUser(service.tables.directory, id);
    await fillLists(service.tables);
    expect(await readUser(service.tables.directory, id)).toEqual(user);
  });

  test('stays as it is where somebody else has the name in letters by now', async () => {
    const id = await ofBefore('both');
    const { directory } = service.tables;
    const before = await readUser(directory, id);
    await saveNew(directory, { username: 'both-too' });
    const [other] = await found('login=both-too');
    const rival = await readUser(directory, String(other));
    if (!before || !rival) throw new Error('nobody');
    // As a release between wrote it, which did not look at the other spelling.
    await saveUser(directory, { before, after: { ...before, names: ['both-moved'] } });
    const names = [`both@${LETTERS}`];
    await saveUser(directory, { before: rival, after: { ...rival, names } });
    const moved = await readUser(directory, id);
    if (!moved) throw new Error('nobody');
    await saveUser(directory, { before: moved, after: { ...moved, names: [`both@${ASCII}`] } });
    await fillLists(service.tables);
    expect((await readUser(directory, id))?.names).toEqual([`both@${ASCII}`]);
    expect(await found(`login=both@${ASCII}`)).toEqual([rival.id]);
  });
});
