/**
 * `npm start`: the local stack until Ctrl-C.
 *
 * Settings: PORT (3000; the examples and the console are on the five ports above), LATCHKEY_DATA (.latchkey),
 * HTTPS (1 for https with a self-signed certificate, kept in that folder), DYNAMODB_ENGINE (dynoxide
 * or dynamodb-local), LATCHKEY_SEED (a file of more clients and users, see seed-file.ts).
 *
 * JavaScript, so that a Node too old for TypeScript gets as far as saying so.
 */
/** The first with Argon2 in `node:crypto`. */
const OLDEST_NODE = '24.7';

const [major, minor] = process.versions.node.split('.').map(Number);
const [oldestMajor, oldestMinor] = OLDEST_NODE.split('.').map(Number);
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  console.error(
    `This is Node ${process.versions.node}; Node ${OLDEST_NODE} is needed. On Linux \`npm start\` ` +
      `runs the one that \`npm ci\` installed; elsewhere install Node ${OLDEST_NODE} yourself.`,
  );
  process.exit(1);
}

const { run } = await import('./run.ts');
await run();
