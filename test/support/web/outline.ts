/**
 * What a real parser makes of markup: everything but text, with the names of its attributes, and the
 * values that its forms would send.
 */
import type { Page } from 'playwright-core';

export type Parsed = { outline: string; sent: [string, string][] };

/** Runs in the browser. Nothing of the parsed page is ever rendered or run. */
const PARSE = `(bodies) => bodies.map((body) => {
  const parsed = new DOMParser().parseFromString(body, 'text/html');
  const walk = (node) =>
    node.nodeName + ' ' + [...(node.attributes ?? [])].map(({ name }) => name).sort() +
    '(' + [...node.childNodes].filter((it) => it.nodeType !== 3).map(walk).join() + ')';
  const inputs = [...parsed.querySelectorAll('input[type=hidden]')];
  return { outline: walk(parsed), sent: inputs.map(({ name, value }) => [name, value]) };
})`;

export const parsePages = (page: Page, bodies: string[]): Promise<Parsed[]> =>
  page.evaluate<Parsed[]>(`(${PARSE})(${JSON.stringify(bodies)})`);
