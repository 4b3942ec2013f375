/**
 * What a letter says, as words of its language: times, lengths of time, names.
 *
 * @module
 */
import type { Content, Letter, MailLocale } from '../../../mail/letter.ts';
import { startOf } from '../../../time.ts';
import type { Told } from './template.ts';

const WORDS = {
  en: { account: 'your account', from: (ip: string) => ` from ${ip}`, zone: 'UTC' },
  cs: { account: 'váš účet', from: (ip: string) => ` z adresy ${ip}`, zone: 'UTC' },
} as const;

export function toldOf({ brand, account, locale, content }: Letter): Told {
  const words = WORDS[locale];
  const named = account && nameOf(account);
  return {
    brand: brand.name,
    account: named ? `${words.account} ${named}` : words.account,
    url: 'url' in content ? content.url : '',
    code: 'code' in content ? content.code : '',
    lifetime: 'lifetime' in content ? lengthOf(content.lifetime, locale) : '',
    ...happenedOf(content, locale),
  };
}

function happenedOf(content: Content, locale: MailLocale): Pick<Told, 'when' | 'where' | 'what'> {
  if (!('at' in content)) return { when: '', where: '', what: '' };
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(startOf(content.at));
  const what = content.what && nameOf(content.what);
  return {
    when: `${when} ${WORDS[locale].zone}`,
    where: content.ip ? WORDS[locale].from(content.ip) : '',
    what: what ? ` „${what}“`.replace(/„(.*)“/u, locale === 'cs' ? '„$1“' : '“$1”') : '',
  };
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** In the largest unit of which it is more than one, or a whole one. */
function lengthOf(seconds: number, locale: MailLocale): string {
  const [unit, size] =
    UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? UNITS[2];
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale, style).format(Math.ceil(seconds / size));
}

const MOST = 100;
/** Mail programs make a link of it, and the name may be one that a stranger has chosen. */
const LINK = /[/\\:]|www\.|\.\p{L}{2,}/iu;
/** A link to write to, at most; not one beside which an address stands. */
const ADDRESS = /^(?!www\.)[\p{L}\p{N}_.+-]+@[\p{L}\p{N}.-]+$/iu;
const RIGHT_TO_LEFT = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}/u;

/** @returns A name on one line, apart from ours; nothing where it is more than a name. */
function nameOf(name: string): string {
  const line = name.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const isLink = LINK.test(line) && !ADDRESS.test(line);
  if (isLink || [...line].length > MOST) return '';
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}
