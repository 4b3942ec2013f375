/**
 * What is around every page: the stage, who is signed in, where one can go, and that a call waits.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Link, useLocation } from 'wouter';
import { Commands } from './commands.tsx';
import icon from './icon.svg';
import { meQuery, useMay, useMe } from './me.ts';
import { Boundary, Loading } from './page.tsx';
import parts from './parts.module.css';
import { Action, Failure, Row, Stack } from './parts.tsx';
import type { Place } from './places.ts';
import { currentSession, onSession, signIn, signOut } from './session.ts';
import { settings } from './settings.ts';
import css from './shell.module.css';
import { onWaiting, waitingUntil } from './waiting.ts';

export function Shell({ places, children }: { places: readonly Place[]; children: ReactNode }) {
  const may = useMay();
  const seen = places.filter(({ resource }) => resource === undefined || may('r', resource));
  const [location] = useLocation();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <div className={css.shell}>
      <a href="#main" className={css.skip}>
        To the content
      </a>
      <Stage />
      <Top onCommands={() => setOpen(true)} />
      <nav className={css.nav} aria-label="Main">
        <ul>
          {seen.map(({ href, label }) => (
            <li key={href}>
              <Link
                href={href}
                state={{ byLink: true }}
                aria-current={
                  location === href || location.startsWith(`${href}/`) ? 'page' : undefined
                }
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className={css.main}>
        <Boundary key={location}>
          <Known>
            <Suspense fallback={<Loading />}>{children}</Suspense>
          </Known>
        </Boundary>
      </main>
      <Waiting />
      <Ended />
      {isOpen && <Commands places={seen} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Nothing is shown before it is known what may be done. */
function Known({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useQuery(meQuery);
  if (data) return children;
  if (!error) return <Loading />;
  return (
    <Stack>
      <Failure error={error} />
      <Row>
        <Action onPress={() => void refetch()}>Try again</Action>
      </Row>
    </Stack>
  );
}

const Stage = () =>
  settings.colour === 'none' ? null : (
    <div className={css.stage} data-colour={settings.colour} role="note" aria-label="Stage">
      {settings.stage}
    </div>
  );

function Top({ onCommands }: { onCommands: () => void }) {
  const me = useMe();
  return (
    <header className={css.top}>
      <Link href="/" className={css.brand ?? ''}>
        <img src={icon} alt="" width="28" height="28" />
        Latchkey
      </Link>
      {me && (
        <span className={css.who}>
          <bdi>{me.username}</bdi> · {settings.stage}
        </span>
      )}
      <Action onPress={onCommands} aria-keyshortcuts="Control+K">
        Go to…
      </Action>
      <Action onPress={signOut}>Sign out</Action>
    </header>
  );
}

function Waiting() {
  const until = useSyncExternalStore(onWaiting, waitingUntil);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  const left = Math.ceil((until - now) / 1000);
  return (
    <div role="status">
      {until > 0 && (
        <p className={css.wait}>Too many calls at once: trying again in {Math.max(left, 1)} s</p>
      )}
    </div>
  );
}

/** What is typed stays on the page until somebody decides. */
function Ended() {
  const { status } = useSyncExternalStore(onSession, currentSession);
  const [isLater, setLater] = useState(false);
  return (
    <ModalOverlay className={parts.veil ?? ''} isOpen={status === 'ended' && !isLater}>
      <Modal className={parts.dialog ?? ''}>
        <Dialog role="alertdialog">
          <Heading slot="title">Your sign-in has ended</Heading>
          <p>
            Sign in again to go on. You come back to this page; what is typed in a form is not kept.
          </p>
          <Row>
            <Action look="primary" autoFocus onPress={() => void signIn()}>
              Sign in again
            </Action>
            <Action onPress={() => setLater(true)}>Stay, to copy what I typed</Action>
          </Row>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
