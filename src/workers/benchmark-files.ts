import type { Benchmark } from '../model/benchmark.js';
import type { Skip } from '../model/input.js';
import type { BenchmarkResult, FileResult, ItemResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import { sniffFile } from '../read/sniff.js';
import { loadDigester } from '../report/digest.js';
import type { Digester } from '../report/digest.js';
import { benchmarkResult } from './summary.js';
import { isMissing } from './tally.js';

/** `judged`: the items of all benchmarks, one benchmark behind another. */
export async function benchmarkResults(
  benchmarks: readonly Benchmark[],
  skips: readonly Skip[],
  judged: readonly ItemResult[],
): Promise<BenchmarkResult[]> {
  const digester = await loadDigester();
  const results: BenchmarkResult[] = [];
  let first = 0;
  for (const benchmark of benchmarks) {
    const own = judged.slice(first, (first += benchmark.items.length));
    const files = await benchmarkFiles(benchmark, skips, digester);
    results.push(benchmarkResult(benchmark, own, files));
  }
  return results;
}

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
