/**
 * Prints what docs/performance.md and docs/scaling.md keep. Exits with 1 when a target is missed.
 *
 *   npm run bench                  everything
 *   npm run bench -- warm cold     only those parts
 *
 * @module
 */
import { measureCold } from './cold.ts';
import { measureDirectory } from './directory.ts';
import { measureIssue } from './issue.ts';
import { measureKinds } from './kinds.ts';
import { measureMovingIn } from './moving-in.ts';
import { measureOauth } from './oauth.ts';
import { measurePolicy } from './policy.ts';
import { printTargets, type Target } from './report.ts';
import { measureRequests } from './requests.ts';
import { measureScaling } from './scaling.ts';
import { type Service, startService } from './service.ts';
import { measureSignature } from './signature.ts';
import { measureStart } from './start.ts';
import { measureUnknown } from './unknown.ts';
import { measureWarm } from './warm.ts';

const PARTS: Record<string, (service: Service) => Promise<Target[]>> = {
  warm: measureWarm,
  kinds: measureKinds,
  policy: measurePolicy,
  issue: measureIssue,
  oauth: measureOauth,
  signature: measureSignature,
  cold: measureCold,
  requests: measureRequests,
  directory: measureDirectory,
  scaling: measureScaling,
  start: measureStart,
  unknown: measureUnknown,
  'moving-in': measureMovingIn,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown}; there are ${Object.keys(PARTS)}`);

// The functions' own log lines.
console.info = () => {};

const service = await startService();
try {
  console.log(`Node ${process.version}, ${service.engine}`);
  const targets: Target[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n${name}\n`);
    targets.push(...(await measure(service)));
  }
  console.log();
  if (!printTargets(targets)) process.exitCode = 1;
} finally {
  await service.stop();
}
