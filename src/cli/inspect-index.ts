import type { OpenIndex } from '../indexing.js';
import { certificateLines, fileLines } from '../report/index-text.js';
import { style } from '../report/style.js';
import { print } from './output.js';
import type { Screen } from './screen.js';

/** What an index says of itself, with what was found of its integrity. */
export interface IndexInspection {
  readonly kind: 'index';
  readonly path: string;
  readonly bytes: number;
  readonly manifest: OpenIndex['manifest'];
  readonly files: OpenIndex['files'];
  /** Blocks of keys whose every digest was checked. */
  readonly verifiedBlocks: number;
}

/** Shows the indexes among the paths on the screen (undefined: not at all); gives the paths that are none back. An index that is damaged is an error. */
export async function inspectIndexes(
  paths: readonly string[],
  screen: Screen | undefined,
): Promise<{ readonly indexes: IndexInspection[]; readonly others: string[] }> {
  const { isIndex, openIndex } = await import('../indexing.js');
  const indexes: IndexInspection[] = [];
  const others = paths.filter((path) => !isIndex(path));
  for (const path of paths.filter(isIndex)) {
    const index = await openIndex(path);
    const { bytes, manifest, files } = index;
    const verifiedBlocks = await index.verify();
    indexes.push({ kind: 'index', path, bytes, manifest, files, verifiedBlocks });
    if (!screen) continue;
    const look = style(screen.colour);
    const lines = [
      ...certificateLines(path, manifest, bytes),
      `  integrity  ${look.paint('clean', 'whole')}: every digest of ${verifiedBlocks} blocks of keys and their columns fits`,
      ...fileLines(files, look),
    ];
    print(`${lines.join('\n')}\n`);
  }
  return { indexes, others };
}
