/**
 * What the user has to be asked again: `none` for nothing at all, or any of the others.
 *
 * Errors: `invalid_request` for an unknown value, or `none` with another one.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.1 (prompt)
 */
import { refuse } from '../../errors.ts';

const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;
export type Prompt = ReadonlySet<(typeof PROMPTS)[number]>;

export function checkPrompt(requested: string | undefined): Prompt {
  const words = (requested ?? '').split(' ').filter((word) => word !== '');
  const known = PROMPTS.filter((prompt) => words.includes(prompt));
  if (!words.every((word) => known.some((prompt) => prompt === word)))
    throw refuse('invalid_request', 'prompt-unknown', 'The prompt has an unknown value.');
  if (known.includes('none') && known.length > 1)
    throw refuse('invalid_request', 'prompt-none-combined', 'The prompt none goes with no other.');
  return new Set(known);
}
