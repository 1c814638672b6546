// Puts what each thread of the program runs into few files: a thread that loads a hundred modules one by one takes a twentieth of
// a second to come up. Commands and rare decoders stay apart, and are loaded when they are run. The library (dist/index.js)
// is left as modules. Packages are not put in: they are installed beside.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';

/** Each thread by itself, so that what two of them share is not cut into files of its own. */
const THREADS = { main: 'cli/main.ts', worker: 'workers/worker.ts', 'build-worker': 'workers/build-worker.ts' };

export async function bundleProgram(root) {
  rmSync(path.join(root, 'dist/program'), { recursive: true, force: true });
  for (const [name, file] of Object.entries(THREADS))
    await build({
      cwd: root,
      input: { [name]: path.join('src', file) },
      platform: 'node',
      external: [/^node:/, /^[@a-z]/],
      plugins: [ownPlaces(path.join(root, 'src'))],
      logLevel: 'silent',
      output: { dir: 'dist/program', format: 'es', comments: false, chunkFileNames: `${name}-[name].js` },
    });
}

/** Files that a module finds beside itself stay where it was; but threads are those beside the bundle. */
function ownPlaces(src) {
  return {
    name: 'own-places',
    transform(code, id) {
      if (!id.startsWith(src) || !code.includes('import.meta.url')) return undefined;
      const place = path.relative(path.join(src, 'program'), id).split(path.sep).join('/').replace(/\.ts$/, '.js');
      const here = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
      const thread = Object.keys(THREADS).join('|');
      const asked = new RegExp(`(?<!'\\./(?:${thread})\\.js', )import\\.meta\\.url`, 'g');
      return { code: code.replace(asked, here) };
    },
  };
}
