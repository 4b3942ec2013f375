/**
 * What a function is not for: an error that says so, never an Allow, nothing of what was sent. Were it
 * answered, a queue would delete what it sent, and a rotation would go on.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  compiledStack,
  definitionsOf,
  type EmulatedService,
  startEmulatedService,
} from './emulated-service.ts';
import { CANARY, EVENTS } from './events.ts';

/** The source that a function has, where it is not the HTTP API. */
const SOURCES: Readonly<Record<string, string>> = {
  authorizer: 'authorizer',
  flush: 'stream',
  notify: 'queue',
  publish: 'queue',
  rotate: 'rotation',
  trail: 'stream',
};
const ERRORS: Readonly<Record<string, string>> = {
  authorizer: 'fault',
  flush: 'an event that is no batch of records of aws:dynamodb',
  notify: 'an event that is no batch of records of aws:sqs',
  publish: 'an event that is no batch of records of aws:sqs',
  rotate: 'an unknown rotation step',
  trail: 'an event that is no batch of records of aws:dynamodb',
};
const OF_NO_REQUEST = 'an event that is no request of an HTTP API';

let service: EmulatedService;
beforeAll(async () => {
  service = await startEmulatedService();
}, 120_000);
afterAll(() => service.stop());

/** It reads nothing of what it is sent: whoever may invoke it can have it go on, and no more. */
const READS_NO_EVENT = 'export';
const NAMES = inject('prepared')
  ? [...definitionsOf(compiledStack()).keys()].filter((name) => name !== READS_NO_EVENT)
  : [];

describe.each(NAMES)('%s', (name) => {
  const source = SOURCES[name] ?? 'http';
  const foreign = Object.entries(EVENTS).filter(([, event]) => event.source !== source);

  test.each(foreign)('refuses %s', async (_kind, { event }) => {
    const told = await service.invoke(name, event).catch((error: Error) => error);
    expect(told).toBeInstanceOf(Error);
    expect((told as Error).message).toBe(ERRORS[name] ?? OF_NO_REQUEST);
    expect(String((told as Error).stack)).not.toContain(CANARY);
  });

  test('keeps what was sent out of its log', async () => {
    const log = (await service.functionOf(name)).log();
    expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
  });
});
