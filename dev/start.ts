/**
 * `npm start`: the local stack until Ctrl-C.
 *
 * Settings: PORT (3000; the examples are on the two ports above), LATCHKEY_DATA (.latchkey),
 * DYNAMODB_ENGINE (dynoxide or dynamodb-local).
 *
 * @module
 */
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `This is Node ${process.versions.node}; Node ${OLDEST_NODE} is needed. ` +
      'Use `npm start`, which runs the version that `npm ci` installed.',
  );
  process.exit(1);
}

// Loaded only now: an older Node does not get through these files.
const { run } = await import('./run.ts');
await run();
