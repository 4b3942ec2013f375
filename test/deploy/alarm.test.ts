/**
 * The alarm for an authorizer that cannot decide, on what is really written to its log: its own
 * lines, and those of Node 24's runtime client when the bundle cannot start.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildFunctions } from '../../build.ts';
import { Fault, toAuthError } from '../../lib/errors.ts';
import { matchesPattern } from '../support/filter-pattern.ts';

