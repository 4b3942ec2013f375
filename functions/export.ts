/**
 * Exports the hours that are over: lib/events/export-hours.ts.
 *
 * In:     whatever the schedule sends
 * Out:    nothing
 * Errors: thrown; the next run goes on where this one stopped.
 *
 * @module
 */
import { composeExport } from '../lib/compose/export.ts';
import { exportHours } from '../lib/events/export-hours.ts';

const services = composeExport();

export const handler = async (): Promise<void> => exportHours(services);
