/** Says to the recorder which test file begins: what no function asks is that file's own. */
import { channel } from 'node:diagnostics_channel';
import { expect } from 'vitest';
import { TEST_FILE } from './recorded.ts';

channel(TEST_FILE).publish(expect.getState().testPath);
