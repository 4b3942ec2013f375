/**
 * What Lighthouse finds of the pages that people see, in its own mobile setting, median of five: `npm run
 * lighthouse`. It drives the Chromium of the tests against the local stack.
 *
 * Exits with 1 when a target is missed.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium, type Page } from 'playwright-core';
import { freePorts } from '../dev/ports.ts';
import { startStack } from '../dev/stack.ts';
import { executable } from '../test/support/web/chromium.ts';
import { printTable, printTargets, type Target } from './report.ts';
import { median } from './statistics.ts';

const RUNS = 5;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LEAST = { performance: 90, accessibility: 100, 'best-practices': 100 } as const;
/** Seconds. */
const LARGEST_PAINT = 2;

/** What the score of performance is made of; milliseconds, and a share of the window. */
const METRICS = {
  paint: 'largest-contentful-paint',
  blocked: 'total-blocking-time',
  shift: 'cumulative-layout-shift',
} as const;

type Found = Record<(typeof CATEGORIES)[number] | keyof typeof METRICS, number>;

const stack = await startStack();
const port = await freePorts(1);
const profile = mkdtempSync(join(tmpdir(), 'latchkey-lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: await executable(),
  args: ['--no-sandbox', `--remote-debugging-port=${port}`],
});
try {
  const { service, console: administration } = stack.urls;
  const page = await browser.newPage();
  const measured: [string, Found[]][] = [
    ['sign-in', await measure(`${service}/oauth/login?return_to=/user`)],
  ];
  await signIn(page, `${administration}/portal?call=/admin/api/me`);
  for (const [name, path] of [
    ['overview', '/'],
    ['users', '/users'],
  ] as const)
    measured.push([name, await measure(administration + path)]);
  const medians = measured.map(([name, found]) => [name, medianOf(found)] as const);
  printTable(
    ['page', ...CATEGORIES, 'largest paint', 'blocked', 'shift'],
    medians.map(([name, found]) => [
      name,
      ...CATEGORIES.map((category) => `${found[category]}`),
      `${(found.paint / 1000).toFixed(2)} s`,
      `${found.blocked.toFixed(0)} ms`,
      found.shift.toFixed(3),
    ]),
  );
  if (!printTargets(medians.flatMap(([name, found]) => targetsOf(name, found))))
    process.exitCode = 1;
} finally {
  await browser.close();
  await stack.stop();
  rmSync(profile, { recursive: true, force: true });
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.fill('#username', '100@mydomain.com');
  await page.fill('#password', 'secret');
  await page.click('#login-submit');
  await page.getByRole('navigation').waitFor();
}

async function measure(url: string): Promise<Found[]> {
  const all: Found[] = [];
  for (let run = 0; run < RUNS; run++) {
    const result = await lighthouse(url, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: [...CATEGORIES],
      // Whoever is signed in stays signed in.
      disableStorageReset: true,
    });
    if (!result || result.lhr.runtimeError)
      throw new Error(`${url}: ${result?.lhr.runtimeError?.message}`);
    const { categories, audits } = result.lhr;
    const scores = CATEGORIES.map((name) => [
      name,
      Math.round((categories[name]?.score ?? 0) * 100),
    ]);
    const metrics = Object.entries(METRICS).map(([name, id]) => [name, audits[id]?.numericValue]);
    all.push(Object.fromEntries([...scores, ...metrics]) as Found);
    for (const [id, { score, title, scoreDisplayMode }] of Object.entries(audits))
      if (score === 0 && scoreDisplayMode === 'binary' && run === 0)
        console.error(`${url}: ${id}: ${title}`);
  }
  return all;
}

function medianOf(found: readonly Found[]): Found {
  const of = (name: keyof Found) => median(found.map((one) => one[name]));
  const names = [...CATEGORIES, ...(Object.keys(METRICS) as (keyof typeof METRICS)[])];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Found;
}

/** The report knows limits from above: what is missing to a hundred, then. */
function targetsOf(page: string, found: Found): Target[] {
  return [
    ...CATEGORIES.map((name) => ({
      name: `${page}: missing of ${name}`,
      measured: 100 - found[name],
      limit: 100 - LEAST[name],
    })),
    { name: `${page}: largest paint, s`, measured: found.paint / 1000, limit: LARGEST_PAINT },
  ];
}
