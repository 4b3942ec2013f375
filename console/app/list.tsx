/**
 * A list: its filters, which are in the address, its rows, page after page by cursor, and several of them
 * at once.
 *
 * @module
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { FilterBar, type FilterSpec, type Filters, useFilters } from './filter-bar.tsx';
import { Loading } from './page.tsx';
import css from './parts.module.css';
import { Action, CommandLine, Failure, Row, Soft, Stack } from './parts.tsx';
import { type Act, Several } from './several.tsx';

export type { Filters } from './filter-bar.tsx';

type Column<T> = { label: string; cell: (item: T) => ReactNode };
type Answered<T> = { items: readonly T[]; next?: string | undefined };

export type ListProps<T> = {
  /** What is in it, for those who cannot see it: "Users". */
  caption: string;
  /** Of the cache; filters are added. */
  queryKey: readonly string[];
  read: (asked: Filters & { cursor?: string }, signal: AbortSignal) => Promise<Answered<T>>;
  filters?: readonly FilterSpec[];
  /** What none of the filters can ask of the service: looked for in what has come so far. */
  keyOf: (item: T) => string;
  hrefOf?: (item: T) => string;
  nameOf: (item: T) => string;
  columns?: readonly Column<T>[] | undefined;
  /** In place of a table of the columns: all that have come so far. */
  rows?: (items: readonly T[]) => ReactNode;
  /** What the things are for, where there is none. */
  empty: ReactNode;
  commandLine: string;
  acts?: readonly Act<T>[];
};

export function List<T>(props: ListProps<T>) {
  const { queryKey, read, filters = [], commandLine, empty, rows } = props;
  const [asked, ask] = useFilters(filters);
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      firstWithRows((cursor) => read({ ...asked, ...(cursor && { cursor }) }, signal), pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <Stack>
      {filters.length > 0 && <FilterBar specs={filters} asked={asked} ask={ask} />}
      {query.isPending && !query.error && <Loading />}
      <Failure error={query.error} />
      {query.error && <Action onPress={() => void query.refetch()}>Try again</Action>}
      {query.data && items.length === 0 && (
        <div className={css.card}>
          {isFiltered ? <Soft>{noMatch(query.hasNextPage)}</Soft> : empty}
          {!isFiltered && <CommandLine>{commandLine}</CommandLine>}
        </div>
      )}
      {items.length > 0 && (rows ? rows(items) : <Rows {...props} items={items} />)}
      {query.hasNextPage && (
        <Row>
          <Action onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
            {query.isFetchingNextPage ? 'Loading…' : 'Show more'}
          </Action>
        </Row>
      )}
    </Stack>
  );
}

const noMatch = (hasMore: boolean): string =>
  hasMore ? 'Nothing has matched so far; there is more to look through.' : 'Nothing here matches.';

/** As many pages without a row are gone past; after that somebody is asked whether to go on. */
const GONE_PAST = 20;

/** What is looked for among many may be in none of the first, and a page then has no rows. */
async function firstWithRows<T>(
  read: (cursor: string | undefined) => Promise<Answered<T>>,
  cursor: string | undefined,
): Promise<Answered<T>> {
  let page = await read(cursor);
  for (let tries = 1; tries < GONE_PAST && page.items.length === 0 && page.next; tries++)
    page = await read(page.next);
  return page;
}

function Rows<T>(props: ListProps<T> & { items: readonly T[] }) {
  const { caption, items, keyOf, hrefOf, nameOf, columns = [], acts = [] } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (key: string, isOn: boolean) =>
    setChosen(isOn ? [...chosen, key] : chosen.filter((one) => one !== key));
  const [first, ...rest] = columns;
  const picked = items.filter((item) => chosen.includes(keyOf(item)));
  return (
    <>
      {acts.length > 0 && (
        <Several acts={acts} items={picked} nameOf={nameOf} onDone={() => setChosen([])} />
      )}
      <div className={css.scroll}>
        <table className={css.table}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {acts.length > 0 && (
                <th scope="col">
                  <span className={css.hidden}>Chosen</span>
                </th>
              )}
              {columns.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={keyOf(item)}>
                {acts.length > 0 && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`Choose ${nameOf(item)}`}
                      checked={chosen.includes(keyOf(item))}
                      onChange={({ target }) => toggle(keyOf(item), target.checked)}
                    />
                  </td>
                )}
                <th scope="row">
                  {hrefOf ? (
                    <Link href={hrefOf(item)} state={{ byLink: true }}>
                      {first?.cell(item)}
                    </Link>
                  ) : (
                    first?.cell(item)
                  )}
                </th>
                {rest.map(({ label, cell }) => (
                  <td key={label} data-label={label}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
