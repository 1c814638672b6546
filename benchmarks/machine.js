// What a result is worth nothing without: the machine, the versions, the commit, the command.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
export const binary = path.join(root, 'bin', 'heldout.js');

/** @param {string} script the npm script's name */
export function provenance(script) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    date: new Date().toISOString(),
    command: ['npm run', script, ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
    heldout: version,
    commit: commit(),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    loadBefore: os.loadavg().map((load) => Number(load.toFixed(2))),
    node: process.version,
    platform: `${process.platform} ${os.release()} ${process.arch}`,
  };
}

/** The commit, with `+` behind it when what runs is not quite that. */
function commit() {
  try {
    const hash = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain', '--', 'src', 'bin', 'scripts', 'package.json') === '' ? hash : `${hash}+`;
  } catch {
    return 'unknown';
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
