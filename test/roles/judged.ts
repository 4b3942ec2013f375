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
import { locate, readRoles, resolveTemplate } from './roles.ts';

const folders = process.env['RECORDED_CALLS']?.split(':');
if (!folders) throw new Error('RECORDED_CALLS names no folder: see test/roles/roles.test.ts');

export const stack = resolveTemplate(inject('template'));
const recorded = readRecorded(folders);

/**
 * The template here sends by a relay, and a role has one way or the other. That by SES is allowed is what
 * test/deploy/stack/roles.test.ts says of the stack that sends so.
 */
const isOfThisTemplate = ({ action }: Asked): boolean => !action.startsWith('ses:');

export const asked: readonly Asked[] = recorded
  .filter((it): it is Asked => 'who' in it)
  .filter(isOfThisTemplate)
  .map((it) => ({ ...it, ...locate(stack, it) }));
export const unattributed: readonly Unattributed[] = recorded.filter(
  (it): it is Unattributed => !('who' in it),
);

type Judged = { name: string; role: Statement[]; all: Asked[] };

export const functions: readonly Judged[] = Object.entries(readRoles(stack)).map(([name, role]) => {
  const own = asked.filter(({ who }) => who === name);
  return { name, role, all: [...own, ...askedByAws(stack, name, own)] };
});
