import { basename } from 'node:path';
import type { NamedPaths } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';

/**
 * The sets that inputs make: `train=data/a.jsonl`, or a path, whose set is named by its file. Inputs under one name are one set; where two
 * files only have the same stem, each set is named by its whole path.
 */
export function setsOf(inputs: readonly string[], asked: 'between' | 'within' | 'by column'): NamedPaths[] {
  const sets = named(inputs);
  const twice = sets.find(({ name, paths }, i) => !isInput(paths) && sets.findIndex((set) => set.name === name) !== i);
  if (twice)
    throw new HeldoutError(
      'usage',
      `${twice.name} is given twice. ${asked === 'between' ? 'Compare a set with itself by --within.' : 'Once is enough.'}`,
    );
  if (asked === 'between') {
    if (sets.length >= 2) return sets;
    throw new HeldoutError(
      'usage',
      'there is nothing to compare with: name two inputs or more, or ask --within for duplicates inside one, or name the --split-column.',
    );
  }
  const name = asked === 'within' ? sets.map((set) => set.name).join(' + ') : 'all';
  return [{ name, paths: sets.flatMap(({ paths }) => paths) }];
}

/** Of standard input the comparison says that it comes once. */
function isInput(paths: readonly string[]): boolean {
  return paths.includes('-');
}

function named(inputs: readonly string[]): NamedPaths[] {
  const byName = new Map<string, string[]>();
  const given = inputs.map((input) => {
    const [, name, path] = /^([\w.-]+)=(.+)$/.exec(input) ?? [];
    if (name === undefined) return { name: stem(input), path: input };
    const paths = byName.get(name) ?? [];
    byName.set(name, [...paths, path]);
    return { name, path, isFirst: paths.length === 0 };
  });
  return given.flatMap(({ name, path, isFirst }) => {
    if (isFirst !== undefined) return isFirst ? [{ name, paths: byName.get(name) ?? [] }] : [];
    return [{ name: given.filter((other) => other.name === name).length === 1 ? name : path, paths: [path] }];
  });
}

/** `data/train.jsonl.gz` → `train` */
function stem(path: string): string {
  if (path === '-') return 'stdin';
  const base = basename(path).replace(/(\.(jsonl?|ndjson|csv|tsv|parquet|txt|md|gz|zst|zstd|bz2|xz|heldout))+$/i, '');
  return base === '' || base.includes('*') ? path : base;
}
