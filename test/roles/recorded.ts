/**
 * What was recorded of a run, by record.ts or by an AWS that enforces roles: JSON lines.
 *
 * @module
 */
import type { Decision } from './decision.ts';

/** The diagnostics channel on which a function's name is published for the time of a call of it. */
export const FUNCTION_CALL = 'latchkey:function-call';

/** `who` is the name of a function. */
export type Asked = Decision & { who: string };
/** `astray`: by no function that is known, and yet sent to where functions are sent to. */
export type Unattributed = Omit<Decision, 'context'> & { astray: boolean };
export type Recorded = Asked | Unattributed;
