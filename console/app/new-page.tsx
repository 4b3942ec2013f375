/**
 * The page where one thing of a collection is made, after which that is shown.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { CreateForm, type CreateFormProps } from './create-form.tsx';
import { Page } from './page.tsx';
import { Card } from './parts.tsx';

type Props<T> = Omit<CreateFormProps<T>, 'onMade'> & {
  /** As in its address, and in the cache: "users". */
  collection: string;
  title: string;
  /** Above the fields. */
  heading: string;
  idOf: (made: T) => string;
  /** Another way to make it. */
  beside?: ReactNode;
};

export function NewPage<T>({ collection, title, heading, idOf, beside, ...form }: Props<T>) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  return (
    <Page title={title}>
      <Card title={heading}>
        <CreateForm
          {...form}
          onMade={(made) => {
            void cache.invalidateQueries({ queryKey: [collection] });
            go(`/${collection}/${encodeURIComponent(idOf(made))}`, { state: { byLink: true } });
          }}
        />
      </Card>
      {beside}
    </Page>
  );
}
