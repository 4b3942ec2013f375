import type { Equivalent } from './entry.ts';

/** Whichever file they stand in. */
export const EVERYWHERE: readonly Equivalent[] = [
  {
    original: '[]',
    replacement: '["Stryker was here"]',
    on: /^\s*const \[, .*\] = .* \?\? \[\];$/,
    because: 'its first member is left out',
  },
];
