/**
 * The page of a collection: its list, what of it is switched off several at once, and where a new one
 * is made; or which letter that needs.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { List, type ListProps } from './list.tsx';
import { useMay } from './me.ts';
import { Page } from './page.tsx';
import { ActionLink, Missing } from './parts.tsx';
import type { Act } from './several.tsx';

type Props<T> = Omit<ListProps<T>, 'caption' | 'queryKey' | 'hrefOf' | 'acts'> & {
  /** As in its address, and in the name of its resource: "users". */
  collection: string;
  title: string;
  about: string;
  /** @property to - "make a user". */
  create?: { label: string; to: string };
  disable?: Pick<Act<T>, 'about' | 'run'>;
  children?: ReactNode;
};

export function ListPage<T>(props: Props<T>) {
  const { collection, title, about, create, disable, children, ...list } = props;
  const may = useMay();
  const cache = useQueryClient();
  const resource = `admin/${collection}`;
  const mayCreate = may('c', resource);
  const again = () => void cache.invalidateQueries({ queryKey: [collection] });
  return (
    <Page
      title={title}
      about={about}
      actions={
        create &&
        mayCreate && (
          <ActionLink href={`/${collection}/new`} look="primary">
            {create.label}
          </ActionLink>
        )
      }
    >
      <List<T>
        {...list}
        caption={title}
        queryKey={[collection]}
        hrefOf={(item) => `/${collection}/${encodeURIComponent(list.keyOf(item))}`}
        acts={
          disable && may('u', resource) ? [{ ...disable, label: 'Disable', onDone: again }] : []
        }
      />
      {create && !mayCreate && <Missing letter="c" resource={resource} to={create.to} />}
      {children}
    </Page>
  );
}
