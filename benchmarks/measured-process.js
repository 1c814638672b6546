// Runs a program to its end and says what it took: wall time, CPU time of all its threads, most memory.
// A Node program measures itself as it ends (usage-at-exit.js); any other one is measured by GNU time where that is there,
// else by wall time alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { binary } from './machine.js';

const USAGE = new URL('./usage-at-exit.js', import.meta.url).href;
const GNU_TIME = '/usr/bin/time';
const hasGnuTime = isThere(GNU_TIME, ['-f', '%U', process.execPath, '--version']);

/** Whether a program can be started. */
export function isThere(program, args = ['--version']) {
  const { error, status } = spawnSync(program, args, { stdio: 'ignore' });
  return !error && status === 0;
}

/**
 * @typedef {{ wall: number, cpu: number | null, maxRssBytes: number | null, status: number | null, stderr: string }} Taken
 *   Seconds; null where it could not be measured.
 */

/** @returns {Taken} */
export function measureHeldout(args) {
  return withFolder((folder) => {
    const file = path.join(folder, 'usage.json');
    const env = { ...process.env, HELDOUT_USAGE_FILE: file };
    // Certificates that the machine's owner has Node read at every start take it 25 ms.
    delete env.NODE_EXTRA_CA_CERTS;
    const taken = run(process.execPath, ['--import', USAGE, binary, ...args], env);
    return { ...taken, ...JSON.parse(readFileSync(file, 'utf8')) };
  });
}

/** @returns {Taken} */
export function measureProgram(program, args) {
  if (!hasGnuTime) return { ...run(program, args, process.env), cpu: null, maxRssBytes: null };
  return withFolder((folder) => {
    const file = path.join(folder, 'usage.txt');
    const taken = run(GNU_TIME, ['-o', file, '-f', '%U %S %M', program, ...args], process.env);
    const [user, system, kilobytes] = (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
      .split(' ')
      .map(Number);
    return { ...taken, cpu: user + system, maxRssBytes: kilobytes * 1024 };
  });
}

function run(program, args, env) {
  const from = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) throw error;
  return { wall: Number(process.hrtime.bigint() - from) / 1e9, status, stderr };
}

function withFolder(use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'heldout-usage-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
