import { excuseCommonPassages } from '../judge/common.js';
import { judgeItems } from '../judge/items.js';
import { judgeIndexed } from '../judge/unconfirmed.js';
import { uncompared } from '../judge/uncompared.js';
import type { Benchmark } from '../model/benchmark.js';
import type { IndexCertificate } from '../model/certificate.js';
import { HeldoutError } from '../model/errors.js';
import type { IndexedFile } from '../model/index-manifest.js';
import type { Skip } from '../model/input.js';
import type { ScanPlan, ScanRequest } from '../model/plan.js';
import type { FileResult, ScanResult, SkipSummary } from '../model/result.js';
import { loadDigester } from '../report/digest.js';
import { windowsOf } from '../store/fingerprints.js';
import { IndexReader } from '../store/index-reader.js';
import type { LookUps } from '../store/look-up.js';
import { looksLikeIndex } from '../store/manifest.js';
import { sourceFiles } from '../store/source-files.js';
import type { SourceFiles } from '../store/source-files.js';
import { obstaclesOf, readingOf } from './confirm.js';
import { lookUpTexts } from './look-up-texts.js';
import { matchesOf, mergeResults } from './merge.js';
import type { FileHit } from './merge.js';
import { scanUnits } from './pool.js';
import { nearRecords } from './near-records.js';
import type { ProgressMeter } from './progress-meter.js';
import { prepare } from './setup.js';
import { SightsOfItems } from './sights.js';
import { checkabilityOf, totalsOf } from './summary.js';
import { SkipTally } from './tally.js';

/** The index that is to be scanned; undefined where the corpus itself is. */
export function indexAmong(against: readonly string[]): string | undefined {
  const index = against.find(looksLikeIndex);
  if (index !== undefined && against.length > 1)
    throw new HeldoutError(
      'usage',
      `${index} is an index, and something else is to be scanned with it. Scan one index alone; heldout merge puts several together.`,
    );
  return index;
}

/** The files of an index, as a plan names them. */
export async function filesOfIndex(index: string): Promise<ScanPlan['corpus']> {
  const reader = new IndexReader(index, await loadDigester());
  const files = reader.inputs();
  reader.close();
  return inPathOrder(files).map((number) => {
    const { path, bytes, container, compression, textPaths = [], notRead } = files[number];
    return { file: { path, bytes, container, compression }, textPaths, ...(notRead ? { notRead } : {}) };
  });
}

/** Looks the benchmarks up in an index, reads the corpus again where the index says it holds them, and judges. */
export async function askIndex(
  index: string,
  benchmarks: readonly Benchmark[],
  planned: readonly Skip[],
  request: ScanRequest,
  chunkBytes: number,
  progress: ProgressMeter,
): Promise<Omit<ScanResult, 'benchmarks'>> {
  const reader = new IndexReader(index, await loadDigester());
  const settings = { ...request.settings, ...reader.manifest.settings };
  const items = benchmarks.flatMap((benchmark) => benchmark.items);
  const prepared = prepare(items, settings, chunkBytes);
  const { catalog } = prepared.setup;
  const texts = Array.from({ length: catalog.textOffsets.length - 1 }, (_, i) => prepared.texts.text(i));
  const found = lookUpTexts(reader, texts, catalog.hashes.length);
  const source = sourceOf(reader, request.corpusRoot);
  const reading = readingOf(found.keys, source);
  progress.expectUnits(reading.units);
  const { keyBits, fingerprints } = reader.manifest;
  const setup = { ...prepared.setup, check: { windows: windowsOf(fingerprints), keyBits } };
  const { results } = await scanUnits(reading.units, () => ({ setup }), { ...request, onProgress: progress.add });
  progress.enter('judge');
  const near = await nearRecords(reader, items, source, settings);
  reader.close();

  const mostBlocks = reader.coding.mostBlocks;
  const { obstacles, changedBlocks } = obstaclesOf(found.keys, source, reading, results, mostBlocks);
  const order = inPathOrder(source.files);
  const place = new Uint32Array(order.length);
  order.forEach((number, i) => (place[number] = i));
  const files = order.map((number) => source.files[number]);
  const hits: FileHit[] = mergeResults(reading.units, results, []).hits.map((hit) => ({
    ...hit,
    file: place[hit.file],
  }));
  const matches = matchesOf(hits, files, items, prepared).map(excuseCommonPassages);
  const sights = new SightsOfItems(catalog, fingerprints, found, obstacles, source, reader.manifest.sources);
  const confirmed = judgeItems(items, matches, checkabilityOf(catalog)).map((result, item) =>
    judgeIndexed(result, sights.of(item), fingerprints.words.guarantee),
  );
  const corpus = files.map(fileResult);
  const skips = skipsOf(files, reader.manifest.unread, planned);
  const totals = totalsOf(corpus, skips, reader.manifest.totals.textBytes);
  const judged = uncompared(confirmed, totals.documents);
  const blocksRead = reading.blocksOf.reduce((sum, blocks) => sum + blocks.length, 0);
  return {
    settings,
    corpus,
    items: near ? judged.map((item, i) => ({ ...item, nearRecords: near.ofItems[i] })) : judged,
    matches: matches.flat(),
    skips,
    totals,
    certificate: certificate(reader, index, found, sights.mostLookUps(), blocksRead, changedBlocks),
    ...(near ? { nearRecords: near.summary } : {}),
    partial: request.signal?.aborted ?? false,
  };
}

/** Where the index's files are: below the root, or as they are named where there is none. */
function sourceOf(reader: IndexReader, root: string | undefined): SourceFiles {
  const resolve = (path: string): string => (root === undefined ? path : `${root}/${path}`);
  const source = sourceFiles(reader.inputs(), reader.firstRecords(), resolve);
  const given = root !== undefined && reader.coding.mostBlocks > 0 && source.files.length > 0;
  if (given && source.paths.every((path) => path === undefined)) {
    const example = source.files[0].path;
    throw new HeldoutError(
      'no-input',
      `--corpus-root ${root}: none of the index's files is there, such as ${example}: paths are taken from there.`,
    );
  }
  return source;
}

/** Numbers of files as a streaming scan would list them. */
function inPathOrder(files: readonly IndexedFile[]): number[] {
  return files
    .map((_, i) => i)
    .sort((a, b) => (files[a].path < files[b].path ? -1 : files[a].path > files[b].path ? 1 : a - b));
}

function fileResult({
  path,
  container,
  compression,
  bytes,
  records,
  skipped,
  xxh64,
  textPaths,
  notRead,
}: IndexedFile): FileResult {
  const result = { path, container, compression, bytes, records, skipped, xxh64, ...(notRead ? { notRead } : {}) };
  return textPaths ? { ...result, textPaths } : result;
}

/** What was skipped when the corpus was indexed, and when the benchmarks were read. */
function skipsOf(
  files: readonly IndexedFile[],
  unread: readonly { path: string; reason: Skip['reason']; detail: string }[],
  planned: readonly Skip[],
): readonly SkipSummary[] {
  const tally = new SkipTally();
  planned.forEach(tally.add);
  for (const { path, reason, detail } of unread) tally.add({ reason, file: path, record: 0, detail });
  for (const { path, skips } of files)
    for (const { reason, count, examples } of skips)
      tally.addAll({ reason, count, examples: examples.map((one) => ({ reason, file: path, ...one })) });
  return tally.summaries();
}

function certificate(
  { manifest }: IndexReader,
  path: string,
  { lookUps, keys }: LookUps,
  mostLookUps: number,
  blocksRead: number,
  blocksChanged: number,
): IndexCertificate {
  const epsilon = manifest.keys / 2 ** manifest.keyBits;
  return {
    path,
    id: manifest.xxh64,
    profile: manifest.profile,
    words: manifest.fingerprints.words.guarantee,
    tokens: manifest.fingerprints.singles.guarantee,
    keys: manifest.keys,
    keyBits: manifest.keyBits,
    lookUps,
    keysFound: keys.length,
    epsilon,
    epsilonPerItem: Math.min(1, mostLookUps * epsilon),
    expectedFalseHits: lookUps * epsilon,
    blocksHit: new Set(keys.flatMap(({ blocks }) => blocks)).size,
    blocksRead,
    blocksChanged,
    sources: manifest.sources,
  };
}
