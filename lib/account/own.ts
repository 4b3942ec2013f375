/**
 * A person as the administrator of the own account and of nothing else: so the rules of administration
 * see to it, and what they refuse of oneself stays refused.
 *
 * @module
 */
import type { Administrator } from '../authority/reach.ts';
import type { Caller } from '../verdict/judge.ts';

export const own = (caller: Caller): Administrator => ({ caller, permission: { own: true } });
