/** Whose a login name is, also where its claim is of before: with the domain in ASCII, as it was typed. */
import { describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import {
  claimedBefore,
  findOwners,
  findUserId,
  loginKey,
} from '../../../lib/store/directory/login-owners.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { readLogin } from '../../../lib/store/reads/login.ts';
import { instant } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';
import { freshTables } from '../../support/running/tables.ts';

const tables = await freshTables();
const { directory } = tables;
let count = 0;
/** Names that nobody else has. */
const fresh = () => {
  count += 1;
  return { letters: `jan-${count}@háčky.cz`, ascii: `jan-${count}@xn--hky-ela4t.cz` };
};
const add = (id: string, names: string[]) =>
  saveUser(directory, { after: userItem({ id, names }) });
const move = async (id: string, names: string[]) => {
  const before = await readUser(directory, id);
  if (!before) throw new Error(id);
  return saveUser(directory, { before, after: { ...before, names } });
};

describe('a name that was claimed in ASCII', () => {
  test('is not another’s in letters, and nothing of the other is left', async () => {
    const { letters, ascii } = fresh();
    await add('first', [ascii]);
    const own = `own-${letters}`;
    expect(await add('second', [own, letters])).toEqual({ status: 'taken', names: [letters] });
    expect(await readUser(directory, 'second')).toBeUndefined();
    expect(await findUserId(directory, own)).toBeUndefined();
  });

  test('is not taken over by somebody who moves there', async () => {
    const { letters, ascii } = fresh();
    await add('holder', [ascii]);
    await add('mover', ['mover']);
    expect(await move('mover', ['mover', letters])).toEqual({ status: 'taken', names: [letters] });
    expect((await readUser(directory, 'mover'))?.names).toEqual(['mover']);
  });

  test('is found in letters, one by one, among many and at a sign-in', async () => {
    const { letters, ascii } = fresh();
    await add('found', [ascii]);
    expect(await findUserId(directory, letters)).toBe('found');
    const many = Array.from({ length: 120 }, () => fresh().letters);
    expect(await findOwners(directory, [...many, letters])).toEqual(new Map([[letters, 'found']]));
    const read = await readLogin(tables, { name: letters, whats: ['a', 'b'] }, instant(0));
    expect(read).toMatchObject({ userId: 'found', attempts: [{ count: 0 }, { count: 0 }] });
  });

  test('is one of two spellings; a name that has one is no other’s', async () => {
    await add('called undefined', ['undefined']);
    expect(await add('plain', ['plain-name'])).toEqual({ status: 'ok' });
    expect(await claimedBefore(directory, ['plain-name', 'a@háčky.cz'], 'nobody')).toEqual([]);
    const { letters, ascii } = fresh();
    await add('claimer', [ascii]);
    const claimed = (who: string) => claimedBefore(directory, ['plain', letters], who);
    expect([await claimed('other'), await claimed('claimer')]).toEqual([[letters], []]);
  });

  test('is spelt anew by its holder, and nobody else’s at any moment', async () => {
    const { letters, ascii } = fresh();
    await add('speller', [ascii]);
    expect(await move('speller', [letters])).toEqual({ status: 'ok' });
    expect(await get(directory, loginKey(ascii))).toBeUndefined();
    expect(await findUserId(directory, letters)).toBe('speller');
    expect(await add('late', [letters])).toEqual({ status: 'taken', names: [letters] });
  });

  test('is free once its holder is gone', async () => {
    const { letters, ascii } = fresh();
    await add('leaver', [ascii]);
    const before = await readUser(directory, 'leaver');
    await saveUser(directory, before ? { before } : {});
    expect(await findUserId(directory, letters)).toBeUndefined();
    expect(await add('heir', [letters])).toEqual({ status: 'ok' });
  });

  test('leaves whoever has it in letters their own, where both are of before', async () => {
    const { letters, ascii } = fresh();
    await add('of letters', [letters]);
    await add('of ascii', [ascii]);
    expect(await findUserId(directory, letters)).toBe('of letters');
    expect(await findOwners(directory, [letters])).toEqual(new Map([[letters, 'of letters']]));
  });
});
