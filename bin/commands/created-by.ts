/**
 * What somebody has made, whoever it belongs to: listed, and deleted at once, when that somebody has left.
 *
 * @module
 */
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Collection, type Filter, idOf, removal } from './collection.ts';
import { type Command, command, type Output } from './command.ts';
import { Misuse, Refused } from './failure.ts';
import { findUser } from './user.ts';

const CREATED_BY = { 'created-by': { type: 'string' } } as const;
const CREATED_BY_USAGE = '--created-by USER';

type Named = Readonly<Record<string, string | undefined>>;

/** A list that is of an owner, or of what somebody made. */
export const orCreatedBy = (filter: Filter): Filter => ({
  ...filter,
  options: { ...filter.options, ...CREATED_BY },
  usage: `${filter.usage.slice(0, -1)} | ${CREATED_BY_USAGE}]`,
  async query(api, { 'created-by': creator, ...named }) {
    if (creator === undefined) return filter.query(api, named);
    refuseOthers(named);
    return { createdBy: await findCreator(api, creator) };
  },
});

function refuseOthers(named: Named): void {
  if (Object.values(named).some((value) => value !== undefined))
    throw new Misuse('--created-by stands alone');
}

/** One that is named, or each that somebody made. */
export function removeOrAll(collection: Collection): Command {
  const operand = collection.noun.toUpperCase();
  return command({
    summary: `deletes a ${collection.noun}, or all that USER has made`,
    operands: [`[${operand}]`],
    usage: `[${CREATED_BY_USAGE}] ${collection.naming?.usage ?? ''}`.trim(),
    options: { ...collection.naming?.options, ...CREATED_BY, ...WHERE },
    async run([name], { 'created-by': creator, url, local, ...rest }) {
      const named = rest as Named;
      if ((name === undefined) === (creator === undefined))
        throw new Misuse(`expected ${operand}, or --created-by for all that somebody made`);
      const api = adminApi({ url, local });
      if (creator !== undefined) {
        refuseOthers(named);
        return removeAll(api, collection, creator);
      }
      const id = await idOf(api, collection, name ?? '', named);
      return removal(collection)(api, id, name ?? '');
    },
  });
}

const MOST = 100_000;

async function removeAll(
  api: AdminApi,
  { path, noun }: Collection,
  creator: string,
): Promise<Output> {
  const createdBy = await findCreator(api, creator);
  const { items } = await api.list([path], { createdBy }, MOST);
  const deleted: string[] = [];
  const refused: { id: string; error: string }[] = [];
  for (const item of items) {
    const id = String(item['id']);
    const error = await refusalOf(api.remove([path, id]));
    if (error === undefined) deleted.push(id);
    else refused.push({ id, error });
  }
  const count = `${deleted.length} ${noun}${deleted.length === 1 ? '' : 's'}`;
  const text = `deleted ${count} that ${creator} had made`;
  if (refused.length === 0) return { json: { deleted }, text };
  const left = refused.map(({ id, error }) => `${id}: ${error}`);
  return {
    json: { deleted, refused },
    text: [`${text}; refused:`, ...left].join('\n'),
    exitCode: 1,
  };
}

/** What one refusal says holds for no other. @returns `undefined` where there was none. */
const refusalOf = (removal: Promise<unknown>): Promise<string | undefined> =>
  removal.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refused) return error.message;
      throw error;
    },
  );

/** A user's id; or whatever else a credential can be of: a client's, `domain#` and a domain's name. */
async function findCreator(api: AdminApi, name: string): Promise<string> {
  if (name.startsWith('domain#')) return name;
  try {
    return await findUser(api, name);
  } catch (error) {
    const isNobody = error instanceof Refused && error.status === 404;
    if (isNobody && (await refusalOf(api.get(['clients', name]))) === undefined) return name;
    throw error;
  }
}
