/** `npm run tour`: the contracts' examples where they are not answered. With a stack: latchkey.test.ts. */
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../dev/gateway/server.ts';
import { freePorts } from '../../dev/ports.ts';
import { runScript } from './command-line.ts';

const tour = (port: number) => runScript('dev/tour.ts', [], { PORT: String(port) });

test('another status than the documented one is named, and exit 1', async () => {
  const port = await freePorts(2);
  for (const at of [port, port + 1]) {
    const other = createServer((_request, response) => response.writeHead(418).end('{}'));
    await listen(other, at);
    onTestFinished(() => void other.close());
  }
  const { code, out, err } = await tour(port);
  expect(code).toBe(1);
  expect(out).toContain("418 I'm a Teapot   << 200 is documented");
  expect(err).toContain('Webitel, log in: 418 instead of 200\n');
  expect(err).toContain('Webitel, who calls: not sent, no earlier answer gave token\n');
});

test('where nothing runs it says so, and exit 1', async () => {
  const { code, err } = await tour(await freePorts(2));
  expect(code).toBe(1);
  expect(err).toContain('Is the stack running at http://127.0.0.1:');
});
