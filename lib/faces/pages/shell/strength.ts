/**
 * How hard a password would be to guess, for the browser: a build makes a script of its own of this module,
 * with what it imports (build/strength.ts), and no function loads it.
 *
 * What it says is advice. Nothing of the password leaves the page for it.
 *
 * @module
 * @see https://zxcvbn-ts.github.io/zxcvbn/ (the scores)
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/**
 * @param own - Names of the account, which whoever guesses tries first.
 * @returns 0, at once, to 4, not for very long.
 */
export const scoreOf = (password: string, own: readonly string[]): number =>
  estimator.check(
    password,
    own.filter((name) => name !== ''),
  ).score;
