/** The steps of a rotation, one by one, and what they change. */
import { decodeProtectedHeader, type JWK } from 'jose';
import { describeVersions } from '../../../lib/aws/secret.ts';
import { signingKeys } from '../actors/tokens.ts';
import type { Service } from './service.ts';

export const STEPS: readonly string[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
/** Seconds; the default of KEY_PROPAGATION. */
export const PROPAGATION = 900;

export const rotationOf = (service: Service) => {
  const step = (Step: string, ClientRequestToken: string) =>
    service.rotate({ Step, SecretId: 'signing-keys', ClientRequestToken });
  return {
    step,
    takeSteps: async (version: string, steps = STEPS) => {
      for (const name of steps) await step(name, version);
    },
    stagesOf: async (version: string) => (await describeVersions(service.secret))[version] ?? [],
    /** The keys of the current version. */
    current: async () => (await signingKeys(service)).map(({ kid }) => kid),
    published: async () => {
      const { body } = await service.get('/.well-known/jwks.json');
      return (body['keys'] as JWK[]).map(({ kid }) => kid);
    },
    /** The key that signs a login now. */
    signer: async () => decodeProtectedHeader((await service.login('200@mydomain.com')).token).kid,
  };
};
