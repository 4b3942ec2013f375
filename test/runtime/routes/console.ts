/** The console's own API. */
import type { Try } from '../tries.ts';

export const CONSOLE: readonly Try[] = [
  { route: 'GET /', good: { status: 200 } },
  {
    route: 'GET /{path+}',
    good: { status: 200, call: () => ({ target: '/users' }) },
    bad: { status: 404, call: () => ({ target: '/assets/none.js' }) },
  },
];
