/**
 * Whether a text can stand for something where people read it: there is something to see, and nothing that
 * breaks the line or turns what stands around it, as a title in a sentence of consent could.
 *
 * What joins letters is part of words and pictures in some scripts, and is let pass.
 *
 * @module
 * @see UAX #9 (bidirectional controls), UAX #44 (Default_Ignorable_Code_Point)
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u;
/** A letter that is drawn as nothing, and the blank of Braille, are none. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

export const isShowable = (text: string): boolean => !UNPRINTABLE.test(text) && VISIBLE.test(text);
