/**
 * What somebody has made, whoever it belongs to: listed, and deleted at once, when that somebody has left.
 *
 * @module
 */
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Collection, type Filter, idOf, removal } from './collection.ts';
import { type Command, command, type Output } from './command.ts';
import { Misuse } from './failure.ts';
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
    return { createdBy: await findUser(api, creator) };
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
  const createdBy = await findUser(api, creator);
  const { items } = await api.list([path], { createdBy }, MOST);
  const deleted: string[] = [];
  for (const { id } of items) {
    await api.remove([path, String(id)]);
    deleted.push(String(id));
  }
  const count = `${deleted.length} ${noun}${deleted.length === 1 ? '' : 's'}`;
  return { json: { deleted }, text: `deleted ${count} that ${creator} had made` };
}
