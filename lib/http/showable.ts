/**
 * Whether a text can stand for something where people read it: there is something to see, and nothing that
 * breaks the line or turns what stands around it, as a title in a sentence of consent could.
 *
 * What joins letters is part of words and pictures in some scripts, and is let pass. A letter that is drawn as
 * nothing (the fillers of Hangul) is none, nor is the blank of Braille.
 *
 * @module
 * @see UAX #9 (bidirectional controls), UAX #44 (Default_Ignorable_Code_Point)
 */
const SOMETHING = /(?![\u115f\u1160\u2800\u3164\uffa0])[\p{L}\p{N}\p{P}\p{S}]/u;
const PRINTABLE = /(?:[\u200c\u200d]|[^\p{C}\p{Zl}\p{Zp}])+/u;

/** One pattern, so that the API's description says it, too. */
export const SHOWABLE = new RegExp(`^(?=.*${SOMETHING.source})${PRINTABLE.source}$`, 'u');

export const isShowable = (text: string): boolean => SHOWABLE.test(text);
