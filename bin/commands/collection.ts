/**
 * Commands that are the same for every collection of the admin API.
 *
 * @module
 */
import { type AdminApi, adminApi, type Query } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { shortIds } from '../api/short-id.ts';
import { type Columns, holds, type Item, record, table } from '../api/table.ts';
import { type Command, command, numberOption, type Output } from './command.ts';
import { Failure } from './failure.ts';

export type Collection = {
  /** Its name in the admin API. */
  path: string;
  /** What one is called, and the operand that names one. */
  noun: string;
  columns: Columns;
  /** Its ids are of the service's making: long ones are shown as short as they may be. */
  opaque?: boolean;
  /** Where an id stands for several segments. */
  pathOf?: (id: string) => readonly string[];
  /** From what people call it to what the API does. */
  idOf?: (api: AdminApi, name: string, named: Named) => Promise<string>;
  /** Options that `idOf` takes beside the name. */
  naming?: Pick<Filter, 'options' | 'usage'>;
};

const LISTED = '100';
/** As many are looked through by `--search`. */
const SEARCHED = 10_000;

export const idOf = (
  api: AdminApi,
  { idOf: find }: Collection,
  name: string,
  named: Named = {},
): Promise<string> => (find ? find(api, name, named) : Promise.resolve(name));

const operandOf = ({ noun }: Collection): string => noun.toUpperCase();

export const shown = (item: Item): Output => ({ json: item, text: record(item) });

type Named = Readonly<Record<string, string | undefined>>;
/** What narrows a list: options, each with a text, and what the API makes of them. */
export type Filter = {
  options: Readonly<Record<string, { type: 'string' }>>;
  usage: string;
  /** Where the list is not of all there are. */
  summary?: string;
  query: (api: AdminApi, named: Named) => Query | Promise<Query>;
};
const WHOLE: Filter = { options: {}, usage: '', query: () => ({}) };
export const IN_DOMAIN: Filter = {
  options: { domain: { type: 'string' } },
  usage: '[--domain NAME]',
  query: (_api, { domain }) => ({ domain }),
};

/** Users and clients; the service looks for none but these. */
export const SUBJECTS: Filter = {
  options: {
    ...IN_DOMAIN.options,
    prefix: { type: 'string' },
    role: { type: 'string' },
    state: { type: 'string' },
  },
  usage: `${IN_DOMAIN.usage} [--prefix TEXT] [--role NAME] [--state enabled|disabled]`,
  query: (_api, named) => named,
};

export const list = (
  collection: Collection,
  { options, usage, query, summary = `lists ${collection.noun}s` }: Filter = WHOLE,
): Command =>
  command({
    summary,
    usage: `${usage} [--search TEXT] [--limit N]${collection.opaque ? ' [--full]' : ''}`.trim(),
    options: { ...options, ...WHERE, ...LIST_OPTIONS },
    async run(_operands, { url, local, limit, search, full, ...named }) {
      const most = numberOption(limit, 'limit', 1) ?? Number(LISTED);
      const api = adminApi({ url, local });
      const wanted = await query(api, named as Named);
      const found =
        search === undefined
          ? await api.list([collection.path], wanted, most)
          : await searched(api, collection, wanted, { text: search, most });
      return {
        json: found.items,
        text: tableOf(found.items, collection, full),
        ...(found.more && { note: `there are more than ${most}: --limit shows them` }),
      };
    },
  });

const LIST_OPTIONS = {
  limit: { type: 'string', default: LISTED },
  search: { type: 'string' },
  full: { type: 'boolean', default: false },
} as const;

async function searched(
  api: AdminApi,
  { path, noun, columns }: Collection,
  query: Query,
  { text, most }: { text: string; most: number },
) {
  const all = await api.list([path], query, SEARCHED);
  // Never a part that looks like the whole.
  if (all.more)
    throw new Failure(`there are more than ${SEARCHED} ${noun}s: narrow the list first`);
  const items = all.items.filter((item) => holds(item, columns, text));
  return { items: items.slice(0, most), more: items.length > most };
}

function tableOf(items: readonly Item[], { columns, opaque }: Collection, full: boolean): string {
  if (!opaque || full) return table(items, columns);
  const short = shortIds(items.map(({ id }) => String(id)));
  return table(
    items.map((item) => ({ ...item, id: short.get(String(item['id'])) })),
    columns,
  );
}

/** For one that is named by the operand. */
export const one = (
  collection: Collection,
  summary: string,
  run: (api: AdminApi, id: string, name: string) => Promise<Output>,
): Command =>
  command({
    summary,
    operands: [operandOf(collection)],
    usage: collection.naming?.usage ?? '',
    options: { ...collection.naming?.options, ...WHERE },
    async run([name = ''], { url, local, ...named }) {
      const api = adminApi({ url, local });
      return run(api, await idOf(api, collection, name, named as Named), name);
    },
  });

export const show = (collection: Collection): Command =>
  one(collection, `shows a ${collection.noun}`, async (api, id) =>
    shown((await api.get([collection.path, ...(collection.pathOf?.(id) ?? [id])])).body),
  );

export const turn = (collection: Collection, disabled: boolean, summary: string): Command =>
  one(collection, summary, async (api, id, name) => {
    const { body } = await api.change([collection.path, id], { disabled });
    return { json: body, text: `${name} is ${disabled ? 'disabled' : 'enabled'}` };
  });

/** The service does not tell what it deletes from what was gone already, and neither do we. */
export const removal =
  ({ path, noun }: Collection) =>
  async (api: AdminApi, id: string, name: string): Promise<Output> => {
    await api.remove([path, id]);
    return { json: { deleted: id }, text: `there is no ${noun} ${name} any more` };
  };

export const remove = (collection: Collection): Command =>
  one(collection, `deletes a ${collection.noun}`, removal(collection));

/**
 * A secret of the service's making: alone on stdout, so that it can be piped to where it belongs.
 *
 * @param member - Where it stands in the answer.
 */
export const secretOutput = (body: Item, member: string, what: string): Output => ({
  json: body,
  text: String(body[member]),
  note: `${what}, shown this once:`,
});
