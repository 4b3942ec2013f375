/**
 * RotateSecret: answers at once, and then has the rotation function do its four steps.
 *
 * The new version is announced first, empty and labelled AWSPENDING. A rotation that failed, or
 * whose process was killed, leaves that label; the next request refuses, as on AWS, and takes the
 * unfinished rotation up again under its old token.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { SecretsError } from './errors.ts';
import { attach, CURRENT, PENDING, versionWith } from './stages.ts';
import type { Secret, SecretStore } from './store.ts';
import { type Action, findSecret, readInput, SecretId, Token } from './values.ts';

export interface Rotations {
  rotate: Action;
  /** Waits until no rotation runs. */
  idle(): Promise<void>;
}

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

export function rotations(
  store: SecretStore,
  invoke: Invoke,
  clock: () => number,
  log: (line: string) => void,
): Rotations {
  const running = new Map<string, { token: string; work: Promise<void> }>();
  const start = (secret: Secret, token: string) => {
    const before = running.get(secret.name);
    if (before?.token === token) return;
    // One that was given up may not have come to its end yet.
    const work = Promise.resolve(before?.work)
      .then(() => takeSteps(secret, token, { invoke, log }))
      .then((ended) => {
        if (!ended) return;
        secret.rotated = clock();
        store.save();
      })
      .finally(() => {
        if (running.get(secret.name)?.token === token) running.delete(secret.name);
      });
    running.set(secret.name, { token, work });
  };

  return {
    rotate: (input, _store, now) => begin(readRotation(input, store), { store, start, now }),
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ work }) => work));
    },
  };
}

/** @returns Whether the version of the rotation is current now. */
async function takeSteps(
  secret: Secret,
  token: string,
  { invoke, log }: { invoke: Invoke; log: (line: string) => void },
): Promise<boolean> {
  for (const Step of STEPS) {
    const event = { Step, SecretId: secret.arn, ClientRequestToken: token };
    try {
      await invoke(secret.rotation?.lambdaArn ?? '', event);
    } catch (error) {
      log(`rotation of ${secret.name} failed at ${Step}: ${(error as Error).message}`);
      return false;
    }
  }
  const ended = versionWith(secret, CURRENT) === token;
  if (!ended) log(`rotation of ${secret.name} ended without making its version current`);
  return ended;
}

type Beginning = {
  store: SecretStore;
  start: (secret: Secret, token: string) => void;
  now: number;
};

function begin(
  { secret, token, immediately }: ReturnType<typeof readRotation>,
  { store, start, now }: Beginning,
) {
  store.save();
  const pending = unfinished(secret);
  if (pending === token) start(secret, token);
  else if (pending) {
    start(secret, pending);
    throw new SecretsError(
      'InvalidRequestException',
      "A previous rotation isn't complete. That rotation will be reattempted.",
    );
  } else if (immediately && !secret.versions[token]) {
    secret.versions[token] = { value: undefined, stages: [], created: now };
    attach(secret, token, PENDING);
    store.save();
    start(secret, token);
  }
  return { ARN: secret.arn, Name: secret.name, VersionId: token };
}

/** @returns The version that is pending and not current: a rotation that has not come to its end. */
function unfinished(secret: Secret): string | undefined {
  const pending = versionWith(secret, PENDING);
  return pending === versionWith(secret, CURRENT) ? undefined : pending;
}

function readRotation(input: unknown, store: SecretStore) {
  const request = readInput(
    {
      SecretId,
      ClientRequestToken: Token,
      RotationLambdaARN: v.optional(v.string()),
      RotationRules: v.optional(v.record(v.string(), v.unknown())),
      RotateImmediately: v.optional(v.boolean(), true),
    },
    input,
  );
  const secret = findSecret(store, request.SecretId);
  const lambdaArn = request.RotationLambdaARN ?? secret.rotation?.lambdaArn;
  if (!lambdaArn) {
    throw new SecretsError(
      'InvalidRequestException',
      'No Lambda rotation function ARN is associated with this secret.',
    );
  }
  secret.rotation = { lambdaArn, rules: request.RotationRules ?? secret.rotation?.rules ?? {} };
  return { secret, token: request.ClientRequestToken, immediately: request.RotateImmediately };
}
