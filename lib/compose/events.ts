/**
 * Wiring of the functions that read events: the stream's reader, and the one that feeds the bus.
 *
 * Errors: ConfigError.
 *
 * @module
 */
import { connectBus } from '../aws/bus.ts';
import { connectQueue, type Queue } from '../aws/queue.ts';
import { connect, type Table } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import type { FanOutServices } from '../events/fan-out.ts';
import type { PublishServices } from '../events/publish.ts';
import { gatherMetrics } from '../metrics.ts';
import { mailQueue, now } from './collaborators.ts';

/** Milliseconds. What waits for another batch is lost where none comes. */
const AT_EVERY_BATCH = 0;

export function composeTrail(): FanOutServices {
  const config = readConfig(process.env, [
    'eventsTable',
    'logoutQueue',
    'eventQueue',
    'mailQueue',
    'metricNamespace',
  ]);
  return {
    events: tableOf(config.eventsTable),
    logouts: connectQueue(config.logoutQueue),
    published: connectQueue(config.eventQueue),
    mails: mailQueue(config),
    metricNamespace: config.metricNamespace,
    metrics: gatherMetrics(config.metricNamespace, Date.now, AT_EVERY_BATCH),
    now,
  };
}

export function composePublish(): PublishServices & { queue: Queue } {
  const config = readConfig(process.env, ['eventsTable', 'eventQueue', 'eventBus', 'eventSource']);
  return {
    events: tableOf(config.eventsTable),
    queue: connectQueue(config.eventQueue),
    bus: connectBus(config.eventBus),
    source: config.eventSource,
  };
}

const tableOf = (name: string): Table => ({ client: connect(), name });
