/**
 * Child processes that do not outlive us, however we end.
 *
 * A small shell stands between us and the child and holds the read end of a pipe. The pipe closes
 * when we end, by `kill -9` too, and the shell then kills the child: it cannot be left behind
 * holding a data file. A line through the pipe asks for an orderly end instead.
 *
 * @module
 */
import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';

// `read` is the shell's own, so that ending the watcher leaves no process behind.
const SHELL = `
exec 3<&0
"$@" 3<&- </dev/null & child=$!
{ read -r _ <&3 && { kill "$child"; sleep 2; }; kill -9 "$child"; } >/dev/null 2>&1 & watcher=$!
exec 3<&-
wait "$child"; code=$?
kill "$watcher"
exit "$code"
`;

export interface Supervised {
  /** What the child has written at first, both streams. */
  output(): string;
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** Whose the child is, where it runs, and in what environment; ours where nothing is said. */
export type Surroundings = Pick<SpawnOptionsWithoutStdio, 'cwd' | 'env' | 'uid' | 'gid'> & {
  /** Hears all that the child writes. */
  onOutput?: (text: string) => void;
};

export function supervise(
  command: string,
  args: string[],
  { onOutput, ...surroundings }: Surroundings = {},
): Supervised {
  // A group of its own: Ctrl-C reaches only us, and we end the child when its users are done.
  const shell = spawn('sh', ['-c', SHELL, 'sh', command, ...args], {
    ...surroundings,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      onOutput?.(chunk);
      if (chunks.length < 100) chunks.push(chunk);
    });
  }
  // The shell may be gone before it reads its last line.
  shell.stdin.on('error', () => {});
  const exited = new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('exit', resolve);
  });
  return {
    output: () => chunks.join(''),
    exited,
    async stop() {
      shell.stdin.write('stop\n');
      await exited;
      shell.stdin.destroy();
    },
  };
}
