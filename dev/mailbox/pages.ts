/**
 * The pages of the mailbox: what came, one mail, and the templates.
 *
 * @module
 */
import { type Html, html } from '../../lib/faces/pages/shell/html.ts';
import { DARK, LIGHT, variables } from '../../lib/faces/pages/shell/palette.ts';
import { EXAMPLES } from './examples.ts';
import type { Message } from './messages.ts';

const STYLE = `:root{color-scheme:light dark;${variables(LIGHT)}}@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
body{margin:0 auto;max-width:960px;padding:24px 16px;font:16px/1.5 system-ui,sans-serif;background:var(--page);color:var(--text)}
a{color:var(--accent)}table{width:100%;border-collapse:collapse}th,td{padding:8px;text-align:left;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
iframe{width:100%;height:560px;border:1px solid var(--line);border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:12px;border:1px solid var(--line);border-radius:8px;background:var(--card)}`;

const shell = (title: string, content: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><nav><a href="/">Mailbox</a> · <a href="/templates">Templates</a> · <a href="/messages">JSON</a></nav><main><h1>${title}</h1>${content}</main></body></html>
`.toString();

export const listPage = (messages: readonly Message[]): string =>
  shell(
    'Mailbox',
    messages.length === 0
      ? html`<p>No mail has come yet. What the service sends is caught here and goes nowhere.</p>`
      : html`<table><thead><tr><th>To</th><th>Subject</th><th>Came</th></tr></thead><tbody>${messages.map(rowOf)}</tbody></table>`,
  );

const rowOf = ({ id, to, subject, at }: Message): Html =>
  html`<tr><td>${to.join(', ')}</td><td><a href="/mails/${id}">${subject}</a></td><td>${at}</td></tr>`;

export const mailPage = ({ id, subject, text, headers }: Message): string =>
  shell(
    subject,
    html`<iframe sandbox="allow-popups allow-top-navigation-by-user-activation" title="The mail as HTML" src="/mails/${id}/html"></iframe>
<h2>Text</h2><pre>${text}</pre>
<h2>Headers</h2><pre>${Object.entries(headers).map(([name, value]) => html`${name}: ${value}\n`)}</pre>`,
  );

export const templatesPage = (): string =>
  shell(
    'Templates',
    html`<table><thead><tr><th>Template</th><th>English</th><th>Czech</th></tr></thead><tbody>${EXAMPLES.map(
      (about) =>
        html`<tr><td>${about}</td><td><a href="/templates/${about}/en">en</a></td><td><a href="/templates/${about}/cs">cs</a></td></tr>`,
    )}</tbody></table>`,
  );

/** Its links lead out of the frame that it is shown in. */
export const framed = (mail: string): string =>
  mail.replace('<head>', '<head>\n<base target="_top">');
