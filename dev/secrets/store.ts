/**
 * The secrets of the local Secrets Manager, in memory and, when a file is given, on disk.
 *
 * Every change is on disk before it is answered: written beside the file, synced, renamed over it.
 * So `kill -9` at any moment leaves either the old or the new state, and no half one.
 *
 * Units: dates are epoch seconds.
 *
 * @module
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface Version {
  /** Undefined for the version that a rotation has announced and not filled yet. */
  value: string | undefined;
  stages: string[];
  created: number;
}

export interface Secret {
  arn: string;
  name: string;
  description: string | undefined;
  created: number;
  changed: number;
  rotated: number | undefined;
  rotation: { lambdaArn: string; rules: unknown } | undefined;
  versions: Record<string, Version>;
}

export interface SecretStore {
  /** By name or ARN. */
  find(id: string): Secret | undefined;
  add(secret: Secret): void;
  /** Call after each change of a secret, before answering. */
  save(): void;
}

export function openStore(file: string | undefined): SecretStore {
  const secrets = new Map<string, Secret>();
  for (const secret of file ? load(file) : []) secrets.set(secret.name, secret);
  const save = () => {
    if (file) writeDurably(file, JSON.stringify([...secrets.values()], null, 2));
  };
  return {
    find: (id) => secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id),
    add(secret) {
      secrets.set(secret.name, secret);
      save();
    },
    save,
  };
}

function load(file: string): Secret[] {
  if (!existsSync(file)) return [];
  chmodSync(file, 0o600);
  return JSON.parse(readFileSync(file, 'utf8')) as Secret[];
}

function writeDurably(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, file);
  // The rename itself is durable only once the folder is synced.
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
