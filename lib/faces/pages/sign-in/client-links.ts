/**
 * What a client has registered for people to see of it: its logo, and links to itself, its terms and its
 * privacy policy.
 *
 * @module
 * @see RFC 7591 §2 (logo_uri, client_uri, tos_uri, policy_uri; §5: a logo may claim to be somebody else's)
 */
import type { Client } from '../../../store/directory/clients.ts';
import { outward } from '../shell/dress.ts';
import { type Html, html } from '../shell/html.ts';
import type { Locale } from '../shell/locale.ts';
import { safeTarget } from '../shell/targets.ts';
import { messagesOf } from './words.ts';

export type ShownClient = Partial<Pick<Client, 'logoUri' | 'clientUri' | 'policyUri' | 'tosUri'>>;

export const clientImages = ({ logoUri }: ShownClient = {}): string[] => (logoUri ? [logoUri] : []);

/** Its name stands beside it. */
export const clientLogo = ({ logoUri }: ShownClient = {}): Html =>
  logoUri ? html`<img class="logo" src="${logoUri}" alt="">` : html``;

const LINKS = { clientUri: 'about', tosUri: 'terms', policyUri: 'privacy' } as const;

export function clientLinks(client: ShownClient = {}, clientName: string, locale: Locale): Html {
  const { aboutClient } = messagesOf(locale);
  const links = Object.entries(LINKS).flatMap(([member, word]) => {
    const target = safeTarget(client[member as keyof typeof LINKS] ?? '');
    return target === undefined ? [] : [html`<li>${outward(target, aboutClient[word])}</li>`];
  });
  if (links.length === 0) return html``;
  return html`<nav class="of-client" aria-label="${aboutClient.label(clientName)}"><p>${aboutClient.from(html`<bdi>${clientName}</bdi>`)}</p><ul>${links}</ul></nav>`;
}
