/** An account with nothing in it, served; until it is stopped this process has credentials for it. */
import { Account } from './account.ts';
import { serveAccount } from './server.ts';

const CREDENTIALS = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
};

export async function startAccount() {
  const before = { ...process.env };
  Object.assign(process.env, CREDENTIALS);
  const account = new Account();
  const served = await serveAccount(account);
  return {
    account,
    endpoint: served.endpoint,
    /** For a process of its own. */
    environment: { ...CREDENTIALS, AWS_ENDPOINT_URL: served.endpoint },
    async stop(): Promise<void> {
      process.env = before;
      await served[Symbol.asyncDispose]();
    },
  };
}
