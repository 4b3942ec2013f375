/**
 * A plugin of Vite that says who is being called: each handler in `functions/` publishes its name for
 * as long as a call of it lasts. However a test loads a function, it is seen.
 *
 * @module
 */
import type { Plugin } from 'vite';
import { FUNCTION_CALL } from './recorded.ts';

const FUNCTION = /\/functions\/([a-z-]+)\.ts$/;
const HANDLER = /^export const handler =/m;

export const attributeFunctions = (): Plugin => ({
  name: 'attribute-functions',
  enforce: 'pre',
  transform(code, id) {
    const [, name] = FUNCTION.exec(id.split('?')[0] ?? '') ?? [];
    if (!name) return undefined;
    if (!HANDLER.test(code)) throw new Error(`${id} exports no handler that is understood`);
    return `${code.replace(HANDLER, 'const handlerItself =')}
      import { channel } from 'node:diagnostics_channel';
      const call = channel('${FUNCTION_CALL}');
      export const handler = (...given) =>
        call.runStores('${name}', handlerItself, undefined, ...given);`;
  },
});
