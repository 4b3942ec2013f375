/**
 * The staging labels of a secret's versions: a label is on one version at a time.
 *
 * @module
 */
import type { Secret, Version } from './store.ts';

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

const KEPT_WITHOUT_LABEL = 20;

export const versionWith = (secret: Secret, stage: string): string | undefined =>
  Object.entries(secret.versions).find(([, { stages }]) => stages.includes(stage))?.[0];

export function attach(secret: Secret, versionId: string, stage: string): void {
  const before = versionWith(secret, stage);
  if (before === versionId) return;
  if (before) detach(secret, before, stage);
  secret.versions[versionId]?.stages.push(stage);
  // The version that was current can be gone back to.
  if (stage === CURRENT && before) attach(secret, before, PREVIOUS);
}

export function detach(secret: Secret, versionId: string, stage: string): void {
  const version = secret.versions[versionId];
  if (version) version.stages = version.stages.filter((it) => it !== stage);
}

/** Versions without a label are deprecated: a few are kept, as on AWS. */
export function dropOld(secret: Secret): void {
  const newestFirst = (a: [string, Version], b: [string, Version]) => b[1].created - a[1].created;
  const bare = Object.entries(secret.versions).filter(([, { stages }]) => stages.length === 0);
  for (const [id] of bare.sort(newestFirst).slice(KEPT_WITHOUT_LABEL)) delete secret.versions[id];
}
