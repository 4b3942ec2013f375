/**
 * The roles of the compiled template, and all that was asked of each: by its function as recorded, and by
 * AWS in its name.
 *
 * @module
 */
import { inject } from 'vitest';
import { askedByAws } from './asked-by-aws.ts';
import type { Statement } from './policy.ts';
import { type Asked, readRecorded, type Unattributed } from './recorded.ts';
import { locate, readBySes, readRoles, resolveTemplate } from './roles.ts';

const folders = process.env['RECORDED_CALLS']?.split(':');
if (!folders) throw new Error('RECORDED_CALLS names no folder: see test/roles/roles.test.ts');

export const stack = resolveTemplate(inject('template'));
const recorded = readRecorded(folders);

const all = recorded
  .filter((it): it is Asked => 'who' in it)
  .map((it) => ({ ...it, ...locate(stack, it) }));
/** The template here sends by a relay, and a role has one way or the other. */
const isOfSes = ({ action }: Asked): boolean => action.startsWith('ses:');
export const asked: readonly Asked[] = all.filter((it) => !isOfSes(it));
export const unattributed: readonly Unattributed[] = recorded.filter(
  (it): it is Unattributed => !('who' in it),
);

type Judged = { name: string; role: Statement[]; all: Asked[] };

/** What the function `mail` asks of SES, and what it may where the stage sends by it. */
export const bySes: Judged = {
  name: 'mail, by SES',
  role: readBySes(inject('template')),
  all: all.filter((it) => isOfSes(it) && it.who === 'mail'),
};

export const functions: readonly Judged[] = Object.entries(readRoles(stack)).map(([name, role]) => {
  const own = asked.filter(({ who }) => who === name);
  return { name, role, all: [...own, ...askedByAws(stack, name, own)] };
});
