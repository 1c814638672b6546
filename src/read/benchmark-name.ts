import path from 'node:path';

const EXTENSIONS = /(\.(jsonl|ndjson|json|csv|tsv|tab|parquet|txt|md|gz|gzip|zst|zstd|bz2|xz))+$/i;
/** How Hugging Face numbers the pieces of a split: test-00000-of-00002. */
const SHARD = /-\d{5}-of-\d{5}(-[0-9a-f]{16})?$/;

/**
 * Files grouped to benchmarks by name: the file's without extensions, pieces of one split together. Where files of
 * several folders share a name (`mmlu/test.jsonl`, `arc/test.jsonl`), as many folders as needed go in front.
 */
export function groupByName(files: readonly string[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const file of files) {
    const key = path.posix.join(path.dirname(file).split(path.sep).join('/'), stemOf(file));
    keys.set(key, [...(keys.get(key) ?? []), file]);
  }
  const groups = new Map<string, string[]>();
  for (const [key, group] of keys) groups.set(shortestName(key, [...keys.keys()]), group);
  return groups;
}

function stemOf(file: string): string {
  if (file === '-') return 'stdin';
  const base = path.basename(file);
  return base.replace(EXTENSIONS, '').replace(SHARD, '') || base;
}

function shortestName(key: string, all: readonly string[]): string {
  const steps = key.split('/');
  for (let count = 1; count < steps.length; count++) {
    const name = steps.slice(-count).join('/');
    if (all.filter((other) => other === name || other.endsWith(`/${name}`)).length === 1) return name;
  }
  return key;
}
