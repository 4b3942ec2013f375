/**
 * What somebody sees who is not signed in.
 *
 * @module
 */

import parts from './parts.module.css';
import { Action } from './parts.tsx';
import { signIn } from './session.ts';
import { settings } from './settings.ts';
import css from './shell.module.css';

export const SignIn = ({ reason }: { reason: string | undefined }) => (
  <main className={css.alone}>
    <h1>Latchkey {settings.stage}</h1>
    <p className={parts.soft}>The administration of users, clients, roles and what they may do.</p>
    {reason && (
      <p role="alert" className={parts.problem}>
        Nobody was signed in: {reason}
      </p>
    )}
    <Action look="primary" onPress={() => void signIn()}>
      Sign in
    </Action>
  </main>
);

export const SigningIn = () => (
  <main className={css.alone}>
    <p role="status">Signing in…</p>
  </main>
);
