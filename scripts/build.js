// Builds dist/: the TypeScript sources by tsc, the WebAssembly core by asc, the program's threads and the script of the page by
// rolldown, and the files that ship beside them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { bundleProgram } from './program.js';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const run = (script, args) => execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });

run(require.resolve('typescript/bin/tsc'), ['-p', 'tsconfig.json']);

// --runtime stub: no allocator, no collector; every address in linear memory is passed in (see hashcore/load.ts).
// Shared memory: the benchmark's tables are written once and read by every worker.
const asc = path.join(path.dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');
mkdirSync(path.join(root, 'dist/hashcore'), { recursive: true });
run(asc, [
  'src/hashcore/assembly/core.ts',
  ...['--outFile', 'dist/hashcore/core.wasm'],
  ...['-O3', '--runtime', 'stub', '--noAssert', '--converge'],
  ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
]);

const profile = path.join(root, 'dist/text/profile-1');
cpSync(path.join(root, 'src/text/profile-1'), profile, { recursive: true });
const { parseUnicode } = await import('../dist/text/unicode.js');
const { unicodeBytes } = await import('../dist/text/unicode-bytes.js');
const unicode = parseUnicode(readFileSync(path.join(profile, 'unicode.txt'), 'utf8'));
writeFileSync(path.join(profile, 'unicode.bin'), unicodeBytes(unicode));

// The page's script runs in browsers: types checked against their library, put into one file that the page carries. Not
// minified: whoever is sent a report can read what it would run.
const client = 'src/report/page/client';
run(require.resolve('typescript/bin/tsc'), ['-p', client]);
for (const [input, file] of [
  ['main.ts', 'client.js'],
  ['comparison-main.ts', 'comparison-client.js'],
])
  await build({
    cwd: root,
    input: `${client}/${input}`,
    logLevel: 'warn',
    output: { file: `dist/report/page/${file}`, format: 'iife' },
  });
cpSync(path.join(root, 'src/report/page/page.css'), path.join(root, 'dist/report/page/page.css'));

await bundleProgram(root);
