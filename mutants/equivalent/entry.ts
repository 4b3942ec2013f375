/** A mutant that changes nothing a caller sees, by its texts, with the reason in one line. */
export type Equivalent = {
  original: string;
  replacement: string;
  /** Of its line, where the texts alone stand in the file more than once: a part, or a pattern. */
  on?: string | RegExp;
  because: string;
};
/** By their file. */
export type Equivalents = Readonly<Record<string, readonly Equivalent[]>>;
