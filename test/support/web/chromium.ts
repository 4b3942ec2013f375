/**
 * A real Chromium, without a window: the one of npm, or the one that CHROMIUM_PATH names. And how
 * its pages are looked at: a picture of each goes to `.artefacts/browser` (TEST_ARTEFACTS moves it),
 * and axe-core looks for what would keep somebody out.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

export async function startChromium(): Promise<Browser> {
  // Not its own list of arguments, which switches off what the tests are to prove.
  return chromium.launch({ executablePath: await executable(), args: ['--no-sandbox'] });
}

export async function executable(): Promise<string> {
  const own = process.env['CHROMIUM_PATH'];
  if (own) return own;
  // Read when it is imported: so it brings the libraries that a bare system lacks.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

const FOLDER = resolve(process.env['TEST_ARTEFACTS'] ?? '.artefacts', 'browser');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LOOKS = [
  { name: 'desk', size: DESK, scheme: 'light' },
  { name: 'desk-dark', size: DESK, scheme: 'dark' },
  { name: 'phone', size: PHONE, scheme: 'light' },
  { name: 'phone-dark', size: PHONE, scheme: 'dark' },
] as const;
/** WCAG 2.2 §1.4.10: as narrow as that, and nothing has to be scrolled sideways. */
const NARROWEST = { width: 320, height: 640 };

/** Takes pictures of the page as it is, and holds it against WCAG. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const before = page.viewportSize();
  for (const { name: look, size, scheme } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(size);
    await page.screenshot({ path: join(FOLDER, `${name}-${look}.png`), fullPage: true });
    expect(await violations(page), `${name}, ${look}`).toEqual([]);
    expect(await page.evaluate(BROKEN_WORDS), `words broken in ${name}, ${look}`).toEqual([]);
  }
  await page.setViewportSize(NARROWEST);
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width, `${name} is too wide`).toBe(NARROWEST.width);
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/** Words of a length that fits anywhere, and are on two lines: of letters and digits, with all that they stand between. */
const BROKEN_WORDS = `(() => {
  const shown = (node) =>
    node.offsetWidth === 1 ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  const seen = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const texts = document.createTreeWalker(document.body, seen, shown);
  const broken = [];
  while (texts.nextNode())
    for (const { 0: word, index } of texts.currentNode.data?.matchAll(/[^\\s\\u200b/–-]+/g) ?? []) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => top));
      if (/^[\\p{L}\\p{N}.,:;()…]{2,12}$/u.test(word) && lines.size > 1) broken.push(word);
    }
  return broken;
})()`;

type Violation = { id: string; nodes: { html: string }[] };

/** Handed in by the debugger, which no policy of the page binds. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const found = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
