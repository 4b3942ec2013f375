/** The process in which the tests run: Vitest's own worker, without its end. */

import { init, runBaseTests, setupEnvironment } from 'vitest/worker';
import { rememberHashes } from '../../test/support/run/remembered-hashes.ts';

const send = process.send?.bind(process);
if (!send) throw new Error('is started by kept.ts');
const on = process.on.bind(process);
const off = process.off.bind(process);
const exit = process.exit.bind(process);

rememberHashes();
init({
  post: (message) => send(message),
  on: (listener) => on('message', listener),
  off: (listener) => off('message', listener),
  runTests: (state, traces) => runBaseTests('run', state, traces),
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
  setup: setupEnvironment,
});
on('disconnect', () => exit(1));
