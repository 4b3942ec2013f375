/**
 * How often sessions were ended, and by what: a metric, counted where every event passes.
 *
 * What ends all of somebody's sessions counts once, however many there were. NOT counted: what expires, which
 * nobody does.
 *
 * @module
 */
import type { Metrics } from '../metrics.ts';
import type { Event } from '../store/events/event.ts';
import type { EventType } from '../store/events/types.ts';

export const ENDING_EVENTS = [
  'session.signed-out',
  'session.ended',
  'session.reused',
  'user.signed-out',
  'user.disabled',
  'user.deleted',
  'user.password-changed',
  'client.signed-out',
  'client.disabled',
  'domain.signed-out',
  'domain.disabled',
] as const satisfies readonly EventType[];

const ENDING: readonly string[] = ENDING_EVENTS;

export function countEnds(metrics: Metrics, events: readonly Event[]): void {
  for (const { type } of events)
    if (ENDING.includes(type)) metrics.add('SessionsEnded', { function: 'trail', event: type });
}
