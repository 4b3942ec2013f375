/**
 * A letter as a message: each has a template of its own, by what it is about.
 *
 * @module
 */
import { composeMime } from '../../../http/mime.ts';
import type { About, Letter } from '../../../mail/letter.ts';
import { accountDeleted } from './account-deleted.ts';
import { accountDisabled } from './account-disabled.ts';
import { changeEmail } from './change-email.ts';
import { emailChanged } from './email-changed.ts';
import { emailCode } from './email-code.ts';
import { invitation } from './invitation.ts';
import { keyMade } from './key-made.ts';
import { keyRenewed } from './key-renewed.ts';
import { layOut, type Written } from './layout.ts';
import { newDevice } from './new-device.ts';
import { passwordChanged } from './password-changed.ts';
import { resetPassword } from './reset-password.ts';
import { signUp } from './sign-up.ts';
import { signUpKnown } from './sign-up-known.ts';
import type { Template } from './template.ts';
import { unlock } from './unlock.ts';
import { verifyEmail } from './verify-email.ts';
import { toldOf } from './words.ts';

export const TEMPLATES: Readonly<Record<About, Template>> = {
  'reset-password': resetPassword,
  'sign-up': signUp,
  'sign-up-known': signUpKnown,
  invitation,
  'verify-email': verifyEmail,
  'change-email': changeEmail,
  'email-code': emailCode,
  unlock,
  'password-changed': passwordChanged,
  'email-changed': emailChanged,
  'key-made': keyMade,
  'key-renewed': keyRenewed,
  'new-device': newDevice,
  'account-disabled': accountDisabled,
  'account-deleted': accountDeleted,
};

export const writeLetter = (letter: Letter): Written =>
  layOut(
    TEMPLATES[letter.content.about][letter.locale](toldOf(letter)),
    letter.brand,
    letter.locale,
  );

/** `id`: of the order, which makes the message the same at each try. */
type Sending = { from: string; replyTo: string; id: string };

export function composeLetter(letter: Letter, { from, replyTo, id }: Sending): Promise<Buffer> {
  const { subject, text, html } = writeLetter(letter);
  return composeMime({
    from: { name: letter.brand.name, address: from },
    to: letter.to,
    replyTo: replyTo || undefined,
    ...{ subject, text, html },
    language: letter.locale,
    messageId: `${id}@${from.slice(from.lastIndexOf('@') + 1)}`,
    date: new Date(),
  });
}
