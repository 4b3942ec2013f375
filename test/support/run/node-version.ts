/** Says what to do where another Node than the pinned one runs the tests. */
export function setup(): void {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 24)
    throw new Error(
      `Node ${process.version} is too old: use "npm test", which runs the pinned Node 24`,
    );
}
