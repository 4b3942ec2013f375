/**
 * The first page of one's own account: who it is, and where the rest is.
 *
 * @module
 */
import { mayDeleteOwn } from '../../../account/delete-own.ts';
import { verifiedNow } from '../../../manage/users/lifecycle.ts';
import { type Html, html } from '../shell/html.ts';
import { path } from '../shell/page.ts';
import { account } from '../shell/parts.ts';
import { accountPage, type Show, type Visit } from './visit.ts';

export const overview: Show = async (visit) => {
  const { services, person, words } = visit;
  const mayDelete = await mayDeleteOwn(services.tables.directory, person.caller);
  const content = html`${account(words.signedInAs, person.caller.subject.username)}
<dl><dt>${words.overview.email}</dt><dd class="text">${addressOf(visit)}</dd></dl>
<ul class="links">
${linksOf(visit, mayDelete)}
</ul>`;
  return accountPage(visit, { title: words.title, content, isHome: true });
};

function addressOf({ user, words }: Visit): Html {
  if (user.email === undefined) return html`${words.none}`;
  const { verified, unverified } = words.overview;
  return html`<bdi>${user.email}</bdi> (${verifiedNow(user)?.email ? verified : unverified})`;
}

function linksOf({ site, words: { overview: words } }: Visit, mayDelete: boolean): Html[] {
  const all: [id: string, place: string, label: string][] = [
    ['profile', '/account/profile', words.profile],
    ['email', '/account/email', words.change],
    ['password', '/account/password', words.password],
    ['sessions', '/account/sessions', words.sessions],
    ['applications', '/account/applications', words.applications],
    ['keys', '/account/keys', words.keys],
    ['activity', '/account/activity', words.activity],
    ['export', '/account/export', words.export],
    ...(mayDelete
      ? [['delete', '/account/delete', words.delete] satisfies [string, string, string]]
      : []),
    ['sign-out', '/session/end', words.signOut],
  ];
  return all.map(
    ([id, place, label]) => html`<li><a id="${id}" href="${path(site, place)}">${label}</a></li>`,
  );
}
