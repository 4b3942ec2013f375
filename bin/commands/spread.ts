/**
 * latchkey key spread, latchkey client spread: for a caller that is called more often than one item can be read.
 *
 * @module
 * @see docs/scaling.md, "One key"
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Collection, idOf } from './collection.ts';
import { type Command, command } from './command.ts';
import { Misuse } from './failure.ts';

/** Written in one transaction with the thing itself. */
const MOST = 64;

export const spread = (collection: Collection): Command =>
  command({
    summary: `has as many copies of a ${collection.noun} read in turn, ${MOST} at most; 1 for the ${collection.noun} alone`,
    operands: [collection.noun.toUpperCase(), 'COPIES'],
    usage: collection.naming?.usage ?? '',
    options: { ...collection.naming?.options, ...WHERE },
    async run([name = '', given = ''], { url, local, ...named }) {
      const copies = Number(given);
      if (!/^\d{1,2}$/.test(given) || copies < 1 || copies > MOST)
        throw new Misuse(`COPIES must be a whole number from 1 to ${MOST}`);
      const api = adminApi({ url, local });
      const id = await idOf(api, collection, name, named as Record<string, string | undefined>);
      const { body } = await api.change([collection.path, id], { spread: copies });
      const text = copies === 1 ? 'read by itself alone' : `read in ${copies} copies`;
      return { json: body, text: `${name} is ${text}` };
    },
  });
