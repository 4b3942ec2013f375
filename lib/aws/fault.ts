/**
 * What a failed call of AWS means: something that may pass in a moment, or a fault of ours.
 *
 * Knows the SDKs' errors by their shape alone, so that each has one owner.
 *
 * @module
 */
import { unavailable } from '../errors.ts';

export async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toFault(error);
  }
}

/**
 * A client error other than throttling is our own bug or a wrong set-up: retrying will not help. And
 * what the SDK never tried to send, which its metadata would say, cannot even be written down.
 */
export function toFault(error: unknown): unknown {
  const { name = '', $metadata } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (!$metadata) return error;
  const { httpStatusCode: status = 0 } = $metadata;
  const ours =
    status >= 400 &&
    status < 500 &&
    !/Throttl|ThroughputExceeded|LimitExceeded|TransactionConflict|TransactionCanceled|TransactionInProgress/.test(
      name,
    );
  return ours ? error : unavailable(`DynamoDB: ${name || 'no answer'}`, error);
}

/** Of any other service: a client error other than throttling is a wrong set-up. */
export function faultOf(service: string, error: unknown): unknown {
  const { name = '', $metadata: { httpStatusCode: status = 0 } = {} } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const ours = status >= 400 && status < 500 && !/Throttl|LimitExceeded/.test(name);
  return ours ? error : unavailable(`${service}: ${name || 'no answer'}`, error);
}
