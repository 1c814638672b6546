import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What each folder of src may import, the steps of the flow from first to last: nothing imports from below its own line.
 * `match` asks `judge` for the verdict of each document it examines, so the pure judge stands before it. `workers` is where
 * the flow is put together for a thread, `pipeline` for a run.
 */
const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: [],
  read: ['model'],
  hashcore: ['model', 'text'],
  judge: ['model'],
  seeds: ['model', 'text', 'hashcore'],
  match: ['model', 'hashcore', 'judge', 'seeds'],
  report: ['model'],
  neardup: ['model', 'text', 'hashcore'],
  config: ['model', 'read'],
  gate: ['model', 'judge', 'report', 'config'],
  audit: ['model', 'text', 'read', 'judge', 'report', 'gate'],
  clean: ['model', 'read', 'judge', 'report', 'audit'],
  store: ['model', 'text', 'hashcore', 'report'],
  workers: ['model', 'text', 'read', 'hashcore', 'judge', 'seeds', 'match', 'report', 'neardup', 'store'],
  indexing: ['model', 'read', 'report', 'store', 'workers'],
  compare: ['model', 'text', 'hashcore', 'report', 'neardup', 'workers'],
  'compare-indexes': ['model', 'text', 'hashcore', 'report', 'neardup', 'store', 'workers'],
  pipeline: ['model', 'read', 'judge', 'workers'],
  index: ['model', 'pipeline', 'indexing', 'compare', 'compare-indexes'],
  cli: [
    'model',
    'read',
    'report',
    'config',
    'gate',
    'audit',
    'clean',
    'pipeline',
    'compare',
    'compare-indexes',
    'indexing',
  ],
};

/** Packages, and modules of Node that reach outside the program, with the only files or folders that may use them. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  '@hpcc-js/wasm-zstd': ['clean/compress'],
  ajv: ['config/schema'],
  commander: ['cli'],
  'csv-parse': ['read/csv-records'],
  'fast-glob': ['read/paths'],
  hyparquet: ['read/parquet-codecs', 'read/parquet-records'],
  'hyparquet-compressors': ['read/parquet-codecs'],
  'seek-bzip': ['read/unbzip2'],
  'xxhash-wasm': ['report/digest'],
  'xz-decompress': ['read/unxz'],
  zstddec: ['read/unzstd', 'read/parquet-codecs'],
  'node:buffer': ['read'],
  'node:crypto': [
    'audit/checked-file',
    'clean/new-folder',
    'report/folder-writer',
    'report/page/assets',
    'report/redact',
  ],
  'node:fs': [
    'read',
    'cli/rescan',
    'config/schema',
    'clean/new-folder',
    'clean/corpus-files',
    'clean/clean-corpus',
    'hashcore/load',
    'text/profile',
    'report/writer',
    'report/new-file',
    'report/output-folder',
    'report/folder-writer',
    'report/compare-writer',
    'report/index-comparison',
    'report/page/assets',
    'neardup/scratch',
    'store',
  ],
  'node:module': ['cli/version'],
  'node:os': ['cli', 'neardup/scratch', 'store/build-lock'],
  'node:path': [
    'read',
    'cli/scan-command',
    'config/config-file',
    'audit',
    'clean',
    'report/output-folder',
    'report/folder-writer',
    'neardup/scratch',
    'cli/compare-sets',
    'store',
    'cli/report-command',
    'cli/verify-command',
    'cli/rescan',
  ],
  'node:process': ['read/stdin', 'store/build-lock'],
  'node:worker_threads': ['workers/crew', 'workers/worker', 'workers/build-worker', 'workers/setup-message'],
  'node:zlib': ['read', 'clean/compress'],
};

/** Longest file, in lines. */
const MOST_LINES = 300;

interface Source {
  /** Relative to src, without extension: `read/bytes`. */
  readonly name: string;
  readonly folder: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Specifiers of its imports, exports and dynamic imports. */
  readonly imports: readonly string[];
}

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
// AssemblyScript is a language of its own; only its length is looked at here.
const sources = files.filter((file) => !file.includes('/assembly/')).map(parse);

function parse(file: string): Source {
  const text = readFileSync(path.join(root, 'src', file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const name = file.replace(/(\.d)?\.ts$/, '');
  const imports: string[] = [];
  walk(tree, (node) => {
    const from = specifierOf(node);
    if (from) imports.push(from.text);
  });
  return { name, folder: name.split('/')[0], text, tree, imports };
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

function specifierOf(node: ts.Node): ts.StringLiteral | undefined {
  const from =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : undefined;
  return from && ts.isStringLiteral(from) ? from : undefined;
}

/** The source that a relative specifier of another means. */
function target(source: Source, specifier: string): string {
  return path.posix.join(path.posix.dirname(source.name), specifier).replace(/\.js$/, '');
}

function inside(source: Source): string[] {
  return source.imports.filter((one) => one.startsWith('.')).map((one) => target(source, one));
}

function packageOf(specifier: string): string {
  const [first, second] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Where something stands, for a message. */
function place(source: Source, node: ts.Node): string {
  return `src/${source.name}.ts:${source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function findAll(look: (source: Source, node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  for (const source of sources)
    walk(source.tree, (node) => {
      if (look(source, node)) found.push(`${place(source, node)} ${node.getText().slice(0, 60)}`);
    });
  return found;
}

describe('Imports', () => {
  it('go one way', () => {
    const order = Object.keys(IMPORTS);
    for (const [folder, allowed] of Object.entries(IMPORTS))
      expect(
        allowed.every((one) => order.indexOf(one) < order.indexOf(folder)),
        folder,
      ).toBe(true);
  });

  it('are those of the table, and the table has no others', () => {
    const found: Record<string, Set<string>> = {};
    for (const source of sources) {
      const own = (found[source.folder] ??= new Set());
      for (const name of inside(source)) if (name.split('/')[0] !== source.folder) own.add(name.split('/')[0]);
    }
    const sorted = (lists: Record<string, Iterable<string>>): Record<string, string[]> =>
      Object.fromEntries(Object.entries(lists).map(([folder, list]) => [folder, [...list].sort()]));
    expect(sorted(found)).toEqual(sorted({ ...IMPORTS }));
  });

  it('have no cycles', () => {
    const byName = new Map(sources.map((source) => [source.name, source]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (name: string, trail: readonly string[]): void => {
      if (trail.includes(name)) cycles.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
      if (done.has(name) || trail.includes(name)) return;
      const source = byName.get(name);
      if (source) for (const next of inside(source)) visit(next, [...trail, name]);
      done.add(name);
    };
    for (const { name } of sources) visit(name, []);
    expect(cycles).toEqual([]);
  });

  it('of packages and of Node stand where the table says', () => {
    const wrong: string[] = [];
    for (const source of sources)
      for (const specifier of source.imports.filter((one) => !one.startsWith('.'))) {
        const name = packageOf(specifier);
        const allowed = OUTSIDE[name] ?? [];
        if (!allowed.some((place) => source.name === place || source.folder === place))
          wrong.push(`src/${source.name}.ts imports ${specifier}`);
      }
    expect(wrong).toEqual([]);
  });

  it('name a file each: no barrel but src/index.ts', () => {
    expect(files.filter((file) => /(^|\/)index\.ts$/.test(file))).toEqual(['index.ts']);
    const reexports = findAll(
      (source, node) => source.name !== 'index' && ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined,
    );
    expect(reexports).toEqual([]);
  });
});

describe('Sources', () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    const long = files.filter(
      (file) =>
        readFileSync(path.join(root, 'src', file), 'utf8')
          .trimEnd()
          .split('\n').length > MOST_LINES,
    );
    expect(long).toEqual([]);
  });

  it('have no any, no double cast and no silenced error', () => {
    const isAny = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.AnyKeyword;
    const isDoubleCast = (node: ts.Node): boolean =>
      ts.isAsExpression(node) && ts.isAsExpression(node.expression) && node.expression.type.getText() === 'unknown';
    expect(findAll((_, node) => isAny(node) || isDoubleCast(node))).toEqual([]);
    expect(
      sources.filter(({ text }) => /@ts-(ignore|expect-error|nocheck)/.test(text)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('use console and process in cli alone', () => {
    const isUse = (node: ts.Node): boolean =>
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      ['console', 'process'].includes(node.expression.text);
    expect(findAll((source, node) => source.folder !== 'cli' && isUse(node))).toEqual([]);
  });

  it('have no folder or file for leftovers', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  it('read thresholds of verdicts in judge alone, and where an item is said to be too short for any', () => {
    const importers = sources.filter((source) => inside(source).includes('judge/thresholds')).map(({ name }) => name);
    expect(importers.filter((name) => !name.startsWith('judge/') && name !== 'workers/summary')).toEqual([]);
  });
});

describe('The package', () => {
  const read = (file: string): Record<string, unknown> =>
    JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>;
  const manifest = read('package.json');
  const dependencies = { ...(manifest['dependencies'] as object), ...(manifest['devDependencies'] as object) };

  it('pins every dependency to one version', () => {
    const loose = Object.entries(dependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it('uses every dependency that it ships with', () => {
    const used = new Set(sources.flatMap(({ imports }) => imports.map(packageOf)));
    expect(Object.keys(manifest['dependencies'] as object).filter((name) => !used.has(name))).toEqual([]);
  });

  it('runs nothing when it is installed, and neither does what it depends on', () => {
    const scripts = Object.keys(manifest['scripts'] as object);
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare|prepublish)$/.test(name))).toEqual([]);
    const lock = read('package-lock.json')['packages'] as Record<string, { hasInstallScript?: boolean }>;
    // Of macOS alone, optional, and never built where a binary is at hand.
    const scripted = Object.keys(lock).filter((name) => lock[name].hasInstallScript && !name.endsWith('/fsevents'));
    expect(scripted).toEqual([]);
  });

  it('has a lockfile with a digest of every package, and from no other place than the registry', () => {
    const lock = read('package-lock.json')['packages'] as Record<string, { resolved?: string; integrity?: string }>;
    const odd = Object.entries(lock).filter(
      ([name, { resolved = 'https://registry.npmjs.org/', integrity = '' }]) =>
        name !== '' && !(resolved.startsWith('https://registry.npmjs.org/') && integrity.startsWith('sha512-')),
    );
    expect(odd.map(([name]) => name)).toEqual([]);
  });

  it('names its licence, and has its text', () => {
    expect(manifest['license']).toBe('Apache-2.0');
    expect(readFileSync(path.join(root, 'LICENSE'), 'utf8')).toContain('Version 2.0, January 2004');
  });
});
