/**
 * The end of one thing of a collection, after which its list is shown.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Confirmed } from './confirm.tsx';
import { useMay } from './me.ts';
import { Card, Missing, Row } from './parts.tsx';

type Props = {
  /** As in its address, in the cache and in the name of its resource: "users". */
  collection: string;
  /** "user". */
  noun: string;
  id: string;
  /** What is asked: "Delete bob?". */
  title: string;
  /** To be typed; the id, unless it is said. */
  typed?: string;
  remove: (id: string) => Promise<unknown>;
  /** What ends with it. */
  children: ReactNode;
};

export function DeleteButton(props: Props) {
  const { collection, noun, id, title, typed = id, remove, children } = props;
  const [, go] = useLocation();
  const cache = useQueryClient();
  return (
    <Confirmed
      label={`Delete ${noun}`}
      title={title}
      typed={typed}
      act={() => remove(id)}
      onDone={() => {
        // What is gone is not asked for again.
        cache.removeQueries({ queryKey: [collection, id] });
        void cache.invalidateQueries({ queryKey: [collection] });
        go(`/${collection}`);
      }}
    >
      {children}
    </Confirmed>
  );
}

export function Deletion(props: Props) {
  const { collection, noun } = props;
  const resource = `admin/${collection}`;
  if (!useMay()('d', resource))
    return <Missing letter="d" resource={resource} to={`delete a ${noun}`} />;
  return (
    <Card title="Delete">
      <Row>
        <DeleteButton {...props} />
      </Row>
    </Card>
  );
}
