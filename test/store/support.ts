import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { buildIndex, DEFAULT_SETTINGS } from '../../dist/index.js';
import type { BuildRequest, BuiltIndex } from '../../dist/index.js';
import { buildIndex as buildTuned } from '../../dist/indexing.js';
import type { BuildTuning } from '../../dist/indexing.js';

/** A folder that goes away after the file's tests. */
export class IndexFolder {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'heldout-index-'));
  private made = 0;

  constructor() {
    afterAll(() => {
      rmSync(this.dir, { recursive: true, force: true });
    });
  }

  write(name: string, content: string | Uint8Array): string {
    const file = path.join(this.dir, name);
    writeFileSync(file, content);
    return file;
  }

  /** A name that nothing has yet. */
  fresh(): string {
    return path.join(this.dir, `index-${this.made++}`);
  }

  async build(corpus: readonly string[], options: Partial<BuildRequest> = {}): Promise<BuiltIndex> {
    return buildIndex({ ...defaults(corpus, this.fresh()), ...options });
  }

  /** The same, going about it in another way than the size of the corpus and the memory would have it. */
  async buildTuned(
    corpus: readonly string[],
    options: Partial<BuildRequest>,
    tuning: Partial<BuildTuning>,
  ): Promise<BuiltIndex> {
    return buildTuned({ ...defaults(corpus, this.fresh()), ...options }, tuning);
  }
}

export function defaults(corpus: readonly string[], out: string): BuildRequest {
  return {
    corpus,
    out,
    settings: DEFAULT_SETTINGS,
    guarantee: 13,
    source: 'corpus',
    locationsPerKey: 8,
    memoryBytes: 256 * 1024 ** 2,
    workers: 1,
    resume: false,
  };
}

/** Name and bytes of every file of an index. */
export function contentsOf(index: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(index)
      .sort()
      .map((name) => [name, readFileSync(path.join(index, name)).toString('latin1')]),
  );
}
