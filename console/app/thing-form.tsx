/**
 * The form of one thing of a collection: what was saved is what the cache has, and its lists are read anew.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import type { Seen } from './api.ts';
import { EditForm, type EditFormProps } from './edit-form.tsx';

type Props<T extends object> = Pick<EditFormProps<T>, 'seen' | 'specs'> & {
  /** As in the cache: "users". */
  collection: string;
  id: string;
  save: (id: string, change: object, etag: string) => Promise<Seen<T>>;
  reload: (id: string) => Promise<Seen<T>>;
};

export function ThingForm<T extends object>(props: Props<T>) {
  const { collection, id, save, reload, ...form } = props;
  const cache = useQueryClient();
  return (
    <EditForm
      {...form}
      save={(change, etag) => save(id, change, etag)}
      reload={() => reload(id)}
      onSaved={(saved) => {
        cache.setQueryData([collection, id], saved);
        void cache.invalidateQueries({ queryKey: [collection, 'list'] });
      }}
    />
  );
}
