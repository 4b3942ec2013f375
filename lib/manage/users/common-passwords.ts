/**
 * Whether a password is among those that are guessed first: nothing is left of it, or next to nothing,
 * once what everybody uses is taken out of it: common words, rows of the keyboard and of numbers, one
 * character again and again, and the names of its own account. The whole password is compared, never a
 * word within it: next to something of its owner's own, each of these may stand.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.1.2 (blocklist: commonly used, expected, context-specific)
 */

/** The words that lead every list of leaked passwords, and those that make long ones of them. */
const WORDS = (
  'password passwort heslo passw pass word qwerty qwertz azerty asdf zxcv letmein letme welcome admin ' +
  'administrator root user test guest login master secret changeme change default iloveyou ilove love you ' +
  'loveyou monkey dragon sunshine princess football baseball basketball shadow superman batman trustno ' +
  'hello whatever michael jordan jessica charlie michelle ashley daniel thomas george summer winter spring ' +
  'autumn january february march april june july august september october november december monday friday ' +
  'sunday starwars pokemon computer internet access freedom mustang flower cheese chocolate butterfly ' +
  'liverpool chelsea arsenal samsung google facebook company service server database system oracle temp ' +
  'temporary example sample demo correcthorsebatterystaple latchkey this isthe the that is my new old ' +
  'and for not one two three'
).split(' ');
const YEARS = Array.from({ length: 90 }, (_, index) => String(1950 + index));
const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
].flatMap((row) => [row, [...row].reverse().join('')]);
const LEAST_OF_A_ROW = 3;
/** What may be left: the digit and the mark at the end that a rule of composition once asked for. */
const LEFT = 3;
const LEAST_DIFFERENT = 5;
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** @param names - Of the account, its domain, and whatever else people call the service there. */
export function isCommonPassword(password: string, names: readonly string[]): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < LEAST_DIFFERENT) return true;
  const own = new Set(names.flatMap(wordsOf).filter(isLong));
  const words = [...WORDS, ...YEARS, ...own].sort((a, b) => b.length - a.length);
  return [folded, read(folded)].some((text) => leftOf(once(text), words) <= LEFT);
}

/** Its words, and all of them as one: as they are, without accents, and as what looks like other letters. */
function wordsOf(name: string): string[] {
  const folded = name.normalize('NFKC').toLowerCase();
  const words = folded.split(/[^\p{L}\p{N}]+/u);
  return [...words, words.join('')].flatMap((word) => [word, bareOf(word), read(word)]);
}

const bareOf = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');

const isLong = (text: string): boolean => text.length > 2;

const read = (text: string): string => [...text].map((one) => LOOKALIKES[one] ?? one).join('');

/** Of a text that is another one again and again: that one. */
function once(text: string): string {
  const length = (text + text).indexOf(text, 1);
  return text.slice(0, length);
}

/** How many letters and digits are left. */
function leftOf(text: string, words: readonly string[]): number {
  const bare = text.replace(/[^\p{L}\p{N}]/gu, '');
  let left = '';
  for (let at = 0; at < bare.length; ) {
    const known = words.find((word) => bare.startsWith(word, at))?.length ?? 0;
    const length = Math.max(known, rowAt(bare, at), sameAt(bare, at));
    if (length === 0) left += bare[at];
    at += length || 1;
  }
  return [...once(left)].length;
}

function rowAt(text: string, at: number): number {
  let length = 0;
  while (at + length < text.length && isRow(text.slice(at, at + length + 1))) length++;
  return length < LEAST_OF_A_ROW ? 0 : length;
}

const isRow = (text: string): boolean => ROWS.some((row) => row.includes(text));

function sameAt(text: string, at: number): number {
  let length = 1;
  while (text[at + length] === text[at]) length++;
  return length < LEAST_OF_A_ROW ? 0 : length;
}
