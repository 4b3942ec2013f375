/** What a client does that is told to come again. */
import { AuthError } from '../../../lib/errors.ts';

export const rest = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Until it is not too many at once any more, nor the answer lost. */
export async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AuthError) || error.status !== 503) throw error;
    await rest(5);
    return insist(attempt);
  }
}
