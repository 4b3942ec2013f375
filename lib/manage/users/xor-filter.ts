/**
 * Whether a text is in a set, out of 20 bits for each of it: never wrong of what is in it, and once in
 * 65,536 of what is not.
 *
 * Three blocks of 16-bit numbers. A text has a place in each of them and a fingerprint; in the set are those
 * whose three numbers make their fingerprint.
 *
 *   bytes 0–3   the length of a block
 *   bytes 4–7   the seed, which whoever made the set has chosen so that all of it found its place
 *   then        the three blocks
 *
 * All numbers are unsigned, the lowest byte first.
 *
 * @module
 * @see Graf, Lemire: Xor Filters, ACM Journal of Experimental Algorithmics 25 (2020)
 */
import { sha256 } from '../../crypto.ts';

export const HEADER = 8;
export const BLOCKS = 3;
const NUMBER = 2;

export type Spot = { places: readonly [number, number, number]; fingerprint: number };

/** @param length - Of a block. */
export function spotOf(text: string, { seed, length }: { seed: number; length: number }): Spot {
  const digest = sha256(`${seed}\n${text}`);
  const placeIn = (block: number): number =>
    block * length + Math.floor((digest.readUInt32LE(block * 4) / 2 ** 32) * length);
  return {
    places: [placeIn(0), placeIn(1), placeIn(2)],
    fingerprint: digest.readUInt16LE(BLOCKS * 4),
  };
}

export function isIn(filter: Buffer, text: string): boolean {
  const shape = { length: filter.readUInt32LE(0), seed: filter.readUInt32LE(4) };
  const { places, fingerprint } = spotOf(text, shape);
  const made = places.reduce((sum, place) => sum ^ filter.readUInt16LE(HEADER + NUMBER * place), 0);
  return made === fingerprint;
}
