/**
 * The addresses of a collection: all, a new one, and each by its id, which may hold slashes.
 *
 * @module
 */
import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';

type Props = {
  at: string;
  list: ReactNode;
  create?: ReactNode;
  one?: (id: string) => ReactNode;
};

export const Collection = ({ at, list, create, one }: Props) => (
  <Switch>
    <Route path={at}>{list}</Route>
    {create && <Route path={`${at}/new`}>{create}</Route>}
    {one && (
      <Route path={`${at}/*`}>{(params) => one(decodeURIComponent(params['*'] ?? ''))}</Route>
    )}
  </Switch>
);
