// Builds dist/: the TypeScript sources by tsc, the WebAssembly core by asc, and the files that ship beside them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

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

cpSync(path.join(root, 'src/text/profile-1'), path.join(root, 'dist/text/profile-1'), { recursive: true });
