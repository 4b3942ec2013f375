/**
 * A page: its title, in the tab too, which gets the focus when somebody comes here; and what goes wrong
 * while it is drawn.
 *
 * @module
 */
import { Component, type ReactNode, useEffect, useRef } from 'react';
import { useMay } from './me.ts';
import css from './parts.module.css';
import { Action, ActionLink, Failure, Stack } from './parts.tsx';
import { settings } from './settings.ts';

type Props = {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** What the page is of, as events name it. */
  target?: string;
  children: ReactNode;
};

export function Page({ title, about, actions, target, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Latchkey ${settings.stage}`;
  }, [title]);
  // Of a page that somebody came to by a link; of the first one the browser takes care.
  useEffect(() => {
    if (history.state?.byLink) heading.current?.focus();
  }, []);
  return (
    <Stack>
      <div className={`${css.row} ${css.between}`}>
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {(actions || target) && (
          <div className={css.row}>
            {target && <WhatHappened to={target} />}
            {actions}
          </div>
        )}
      </div>
      {about && <p className={css.soft}>{about}</p>}
      {children}
    </Stack>
  );
}

function WhatHappened({ to }: { to: string }) {
  if (!useMay()('r', 'admin/audit')) return null;
  return (
    <ActionLink href={`/audit?${new URLSearchParams({ target: to })}`}>What happened</ActionLink>
  );
}

/** Shows what broke, and lets the rest of the console live. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };
  static getDerivedStateFromError = (error: unknown) => ({ error });
  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Stack>
        <Failure error={this.state.error} />
        <Action onPress={() => this.setState({ error: undefined })}>Try again</Action>
      </Stack>
    );
  }
}

export const Loading = () => (
  <p role="status" className={css.soft}>
    Loading…
  </p>
);
