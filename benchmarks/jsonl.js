import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';

const COMPRESSED = ['', '.gz', '.zst'];

/** The records of a JSON lines file, plain, gzip, or zstd where a `zstd` program is there to ask. */
export function readJsonl(file) {
  const lines = decompressed(file).toString('utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}

function decompressed(file) {
  if (file.endsWith('.gz')) return gunzipSync(readFileSync(file));
  if (!file.endsWith('.zst')) return readFileSync(file);
  const { stdout, status, error } = spawnSync('zstd', ['-dc', file], { maxBuffer: 2 ** 31 });
  if (error || status !== 0) throw new Error(`${file}: reading it needs the zstd program`);
  return stdout;
}

/** `train.jsonl` in the folder, as it is compressed there. */
export function findJsonl(folder, name) {
  const found = COMPRESSED.map((ending) => path.join(folder, name + ending)).find((file) => existsSync(file));
  if (!found) throw new Error(`${folder} has no ${name}, ${name}.gz or ${name}.zst`);
  return found;
}

/** All JSON lines files of a folder. */
export function listJsonl(folder) {
  return readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz|\.zst)?$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
