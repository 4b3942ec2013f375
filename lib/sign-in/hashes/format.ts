/**
 * What a format of password hashes gives of a stored text: the parameters, and whether they can be afforded.
 * One that cannot is refused where it would come in, and again where it would be checked: it would stall
 * every sign-in, for whoever cares to try.
 *
 * @module
 */

export type Costly = { affordable: boolean };
/** @returns `undefined` for a text of another format. */
export type Read<P extends Costly> = (stored: string) => P | undefined;
/** The password is as it was typed. */
export type Matches<P extends Costly> = (password: string, parameters: P) => Promise<boolean>;

/** Bytes that a salt and a hash may have. */
export const isSalt = ({ length }: Buffer): boolean => length >= 1 && length <= 128;
export const isHash = ({ length }: Buffer): boolean => length >= 16 && length <= 64;
/** Memory for one check, in bytes. */
export const MAX_MEMORY: number = 256 * 1024 * 1024;
