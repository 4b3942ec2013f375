/** A person at a terminal of their own, who types commands from a page and answers what is asked. */
import { spawn } from 'node:child_process';

export type Typed = { code: number | null; output: string };

/** Answers each prompt, such as `password: `, with the next of its answers. */
const TERMINAL = `
import json, os, pty, re, sys
answers = json.loads(os.environ.pop('ANSWERS'))
seen = b''
def read(fd):
    global seen
    data = os.read(fd, 65536)
    # A prompt moves the cursor, too.
    seen = re.sub(rb'\\x1b\\[[0-9;?]*[A-Za-z]', b'', seen + data)
    for prompt, given in answers.items():
        if given and seen.endswith(prompt.encode()):
            os.write(fd, given.pop(0).encode() + b'\\n')
            seen = b''
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn(['bash', '-e', '-o', 'pipefail', '-c', sys.argv[1]], read)))
`;

export function typed(
  text: string,
  { env, answers = {} }: { env: NodeJS.ProcessEnv; answers?: Record<string, string[]> },
): Promise<Typed> {
  const child = spawn('python3', ['-c', TERMINAL, text], {
    env: { ...env, ANSWERS: JSON.stringify(answers) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: output.replaceAll('\r\n', '\n') }));
  });
}
