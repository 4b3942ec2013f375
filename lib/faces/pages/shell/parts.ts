/**
 * Pieces that several pages have: names of others, the account, hidden fields, a problem.
 *
 * @module
 */
import type { FormState } from '../../../browser/form.ts';
import { type Html, html } from './html.ts';
import { WARNING } from './icons.ts';

/** Somebody else's word: kept apart, so that text from right to left does not reorder ours. */
export const name = (text: string): Html => html`<strong><bdi>${text}</bdi></strong>`;

export const hidden = (field: string, value: string | number): Html =>
  html`<input type="hidden" name="${field}" value="${value}">`;

export const formState = ({ request, token, issuedAt }: FormState): Html =>
  html`${hidden('request', request)}${hidden('token', token)}${hidden('issued_at', issuedAt)}`;

export const account = (label: string, username: string): Html =>
  html`<p class="account"><span aria-hidden="true">${initial(username)}</span><bdi>${label} <strong>${username}</strong></bdi></p>`;

/** One of several accounts, each a button with its id as the value of `account`. */
export const choices = (
  accounts: readonly { id: string; username: string }[],
  label: (username: Html) => Html,
): Html[] =>
  accounts.map(
    ({ id, username }, index) =>
      html`<button class="choice" id="account-${index + 1}" name="account" value="${id}"><span aria-hidden="true">${initial(username)}</span><bdi>${label(html`<strong>${username}</strong>`)}</bdi></button>`,
  );

const initial = (username: string): string => ([...username][0] ?? '').toUpperCase();

/** Fields refer to it by its id, and it is read out when it appears. */
export const problem = (text: string): Html =>
  html`<p class="problem" id="problem" role="alert">${WARNING}<span>${text}</span></p>`;
