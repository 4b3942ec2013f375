/**
 * The methods that there are at a place, as `Allow` says them.
 *
 * @module
 * @see RFC 9110 §10.2.1 (`Allow`), §9.1 (whoever takes GET takes HEAD)
 */
export const allowOf = (methods: readonly string[]): string =>
  methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
