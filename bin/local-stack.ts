/**
 * Points the AWS SDK of this process at the running local stack, by the file that `npm start` keeps.
 *
 * @module
 */
import { join } from 'node:path';
import { Failure } from './commands/failure.ts';

export function useLocalStack(): void {
  const file = join(process.env['LATCHKEY_DATA'] || '.latchkey', 'local.env');
  try {
    process.loadEnvFile(file);
  } catch {
    throw new Failure(`no local stack runs here: ${file} is missing (npm start writes it)`);
  }
}
