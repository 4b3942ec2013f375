/**
 * What the kernel knows of a function's process: the one that runs Node in its folder.
 *
 * @module
 * @see proc_pid_status(5), proc_pid_environ(5)
 */
import { globSync, readFileSync, readlinkSync } from 'node:fs';

export type ProcessState = {
  uid: number;
  /** The most memory that it has held, in MiB. */
  peakMemory: number;
  /** The names of the variables that it was started with. */
  variables: string[];
};

/** @returns Undefined before its first call, and once it has ended. */
export function processIn(folder: string): ProcessState | undefined {
  const found = globSync('/proc/[0-9]*').find((process) => {
    try {
      const [cwd, exe] = ['cwd', 'exe'].map((link) => readlinkSync(`${process}/${link}`));
      return cwd === folder && exe?.endsWith('/node');
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return false;
    }
  });
  return found === undefined ? undefined : stateOf(found);
}

function stateOf(process: string): ProcessState {
  const status = readFileSync(`${process}/status`, 'utf8');
  const numberAfter = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const environment = readFileSync(`${process}/environ`, 'utf8').split('\0').filter(Boolean);
  return {
    uid: numberAfter('Uid'),
    peakMemory: numberAfter('VmHWM') / 1024,
    variables: environment.map((variable) => variable.split('=', 1)[0] ?? ''),
  };
}
