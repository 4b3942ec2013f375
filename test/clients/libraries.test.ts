/** Other people's client libraries against the running stack. One stack for all: its start is what costs. */
import { afterAll, beforeAll } from 'vitest';
import { byAuthJs } from './auth-js.ts';
import { byJose } from './jose.ts';
import { byOidcClientTs } from './oidc-client-ts.ts';
import { type ClientStack, startClientStack } from './stack.ts';

let stack: ClientStack;
beforeAll(async () => {
  stack = await startClientStack();
}, 180_000);
afterAll(() => stack?.stop());

byOidcClientTs(() => stack);
byAuthJs(() => stack);
byJose(() => stack);
