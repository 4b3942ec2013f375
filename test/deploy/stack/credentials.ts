/**
 * Who asks: `test` is the account's root to the emulator, which permits it everything.
 *
 * @module
 */
export const ROOT_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export type Credentials = typeof ROOT_CREDENTIALS;
