/**
 * So many requests, so many at a time, over connections that stay open.
 *
 * Units: milliseconds; rates are answers a second.
 *
 * @module
 */
import { Agent, request } from 'node:http';
import { percentile } from '../statistics.ts';
import { HEADERS } from './client.ts';

export type Load = { rate: number; p50: number; p99: number };

/** @param bodies - One a request. */
export async function measureLoad(
  url: string,
  bodies: readonly string[],
  concurrency: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < bodies.length) {
      const body = bodies[next++] ?? '';
      const started = performance.now();
      await post(url, body, agent);
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    rate: bodies.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

function post(url: string, body: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers: HEADERS }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.once('end', () => {
        if (incoming.statusCode === 200) resolve();
        else reject(new Error(`${url}: ${incoming.statusCode} ${text}`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
