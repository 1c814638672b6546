import type { Benchmark } from '../model/benchmark.js';
import type { Skip } from '../model/input.js';
import type { FileResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import { sniffFile } from '../read/sniff.js';
import type { Digester } from '../report/digest.js';
import { isMissing } from './tally.js';

/** What a benchmark was read from. `skips`: all that was told while it was read. */
export async function benchmarkFiles(
  benchmark: Benchmark,
  skips: readonly Skip[],
  digester: Digester,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const path of benchmark.files) {
    const skipped = skips.filter((skip) => skip.file === path && skip.record > 0 && isMissing(skip.reason)).length;
    const items = benchmark.items.filter((item) => item.file === path).length;
    const { container, compression, bytes } = await sniffFile(path);
    const xxh64 = await digestOfFile(path, digester);
    results.push({ path, container, compression, bytes, records: items + skipped, skipped, xxh64 });
  }
  return results;
}

/** Empty for standard input, which is gone by now. */
async function digestOfFile(path: string, digester: Digester): Promise<string> {
  if (path === '-') return '';
  const digest = digester();
  for await (const chunk of rawChunks(path)) digest.update(chunk);
  return digest.hex();
}
