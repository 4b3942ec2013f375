/**
 * Each line of our log that tells of a rule says which: whoever looks up why somebody was refused has nothing
 * else to go by.
 */

const LEVELS = ['info', 'error'] as const;
const NAMELESS = '"rule":""';

/** From now on writing such a line is an error. @returns Ends it. */
export function holdLogToRules(): () => void {
  const before = LEVELS.map((level) => [level, console[level]] as const);
  for (const [level, write] of before)
    console[level] = (...line: unknown[]) => {
      if (String(line[0]).includes(NAMELESS)) throw new Error(`a rule without a name: ${line[0]}`);
      write.apply(console, line);
    };
  return () => {
    for (const [level, write] of before) console[level] = write;
  };
}
