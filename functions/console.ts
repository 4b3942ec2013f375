/**
 * The administration console, at an origin of its own: lib/faces/console/serve.ts. It hands out files and
 * knows of the service only where it is, so its role permits nothing.
 *
 * @module
 */
import { composeConsole } from '../lib/compose/console.ts';
import { CONSOLE_FILES } from '../lib/compose/console-files.ts';
import { consoleRoutes } from '../lib/faces/console/serve.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(consoleRoutes(CONSOLE_FILES, composeConsole()));
