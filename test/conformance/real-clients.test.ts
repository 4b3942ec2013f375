/** Real clients against the running stack, over HTTP. One stack for all: its start is what costs. */
import { afterAll, beforeAll } from 'vitest';
import { claimsAndMetadata } from './claims.ts';
import { byOauth4webapi } from './oauth4webapi.ts';
import { byOpenidClient } from './openid-client.ts';
import { type Provider, startProvider } from './provider.ts';

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
}, 120_000);
afterAll(() => provider?.stop());

byOauth4webapi(() => provider);
byOpenidClient(() => provider);
claimsAndMetadata(() => provider);
