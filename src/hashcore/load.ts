import { readFileSync } from 'node:fs';
import { SKETCH_EXPORTS } from './sketch-exports.js';
import type { SketchExports } from './sketch-exports.js';

/** What the core exports (assembly/core.ts). Addresses and sizes are bytes; `json` is 0 or 1. */
export interface CoreExports extends SketchExports {
  placeUnicode(index: number, blocks: number, expansions: number): void;
  placeNames(at: number, commands: number, tags: number, entities: number, marks: number): void;
  placeTable(
    filter: number,
    words: number,
    slots: number,
    slotCount: number,
    postings: number,
    rules: number,
    parts: number,
  ): void;
  placeFigures(keys: number, slots: number, part: number): void;
  listFigures(to: number): number;
  placeTokens(hashes: number, starts: number, ends: number, spelling: number): void;
  placeScratch(at: number): void;
  writeConstants(): void;
  placeWork(hits: number, states: number, segments: number, paths: number): void;
  placeCandidates(at: number, capacity: number): void;
  placeCheckpoints(at: number, capacity: number): void;
  tokenize(p: number, end: number, json: number, capacity: number): number;
  scanLines(p: number, end: number): number;
  scanText(p: number, end: number): number;
  scanAgain(json: number): number;
  walkRecord(p: number, end: number): number;
  placeBuild(reaches: number, poor: number, mostPostings: number, spread: number): void;
  sizeGrams(runs: number, count: number, hashes: number, weights: number): void;
  openShares(): void;
  spreadGrams(runs: number, count: number, hashes: number, weights: number): void;
  rewindShares(): void;
  weighGrams(runs: number, count: number, hashes: number, weights: number): void;
  countGrams(share: number): void;
  markFamily(share: number): void;
  layOutPostings(share: number): void;
  fillGrams(share: number): void;
  closePostings(share: number): void;
  digestBytes(state: number, p: number, length: number): void;
  digestSoFar(state: number): bigint;
  digestWhole(state: number, p: number, length: number): bigint;
  placeSeeding(on: number): void;
  placeSelection(entries: number, capacity: number, blockLog: number, work: number): void;
  placeWindows(words: number, singles: number, every: number): void;
  openRun(): void;
  takeEntries(): void;
  openFile(): void;
  placeOrigin(address: number, offset: number, line: number): void;
  placeTextOrigin(block: number, record: number): void;
  sortEntries(entries: number, count: number, scratch: number, counts: number, shared: number): void;
  countKeys(entries: number, count: number): number;
  placeShelves(tails: number, boxes: number): void;
  clearShelves(): void;
  shelve(entries: number, count: number): void;
  placePlaces(places: number, blockOf: number, firstDocument: number): void;
  copyShelf(shelf: number, to: number): number;
  copyBox(box: number, slots: number, shelf: number, to: number): void;
  packRun(entries: number, count: number, ranges: number): number;
  expandRun(from: number, count: number, blockOf: number, to: number): void;
  placeBuilder(at: number, mostBlocks: number, holds: number, areNumbered: number): void;
  expandKeys(from: number, to: number, blockOf: number, sourceOf: number, bits: number, out: number): number;
  collapse(at: number, end: number): number;
  sumBlock(): void;
  placeCodec(keyBits: number, sourceBits: number, blockBits: number, blocks: number): void;
  encodeBlock(column: number, to: number): number;
  decodeBlock(column: number, from: number, bytes: number): number;
  joinBlock(queries: number, count: number, out: number): number;
  readonly entryCount: WebAssembly.Global<'i32'>;
  readonly documentCount: WebAssembly.Global<'i32'>;
  readonly blockCount: WebAssembly.Global<'i32'>;
  readonly selectedTokens: WebAssembly.Global<'i32'>;
  readonly boxesUsed: WebAssembly.Global<'i32'>;
  readonly mostShelved: WebAssembly.Global<'i32'>;
  readonly built: WebAssembly.Global<'i32'>;
  readonly documentsBuilt: WebAssembly.Global<'f64'>;
  readonly blocksBuilt: WebAssembly.Global<'i32'>;
  readonly gramCount: WebAssembly.Global<'i32'>;
  readonly tokenCount: WebAssembly.Global<'i32'>;
  readonly candidateCount: WebAssembly.Global<'i32'>;
  readonly documentTokens: WebAssembly.Global<'i32'>;
  readonly segmentCount: WebAssembly.Global<'i32'>;
  readonly recordStart: WebAssembly.Global<'i32'>;
  readonly recordEnd: WebAssembly.Global<'i32'>;
  readonly lines: WebAssembly.Global<'i32'>;
  readonly records: WebAssembly.Global<'i32'>;
}

const PAGE_BYTES = 65536;
/** 4 GiB: what 32-bit addresses reach. Reserved, not used, until the memory grows. */
const MAX_PAGES = 65536;

/** Compiles the core; done once, workers are handed the module. */
export function compileCore(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('./core.wasm', import.meta.url)));
}

/** The one memory that all instances share. */
export function createMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): CoreExports {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return checkedExports(instance.exports);
}

/** Grows the memory by at least `bytes` and returns the address of the new stretch; safe between threads. */
export function allocate(memory: WebAssembly.Memory, bytes: number): number {
  return memory.grow(Math.ceil(bytes / PAGE_BYTES)) * PAGE_BYTES;
}

/** All of CoreExports, by what it is. */
export const EXPECTED: Readonly<Record<keyof CoreExports, 'function' | 'global'>> = {
  placeUnicode: 'function',
  placeNames: 'function',
  placeTable: 'function',
  placeFigures: 'function',
  listFigures: 'function',
  placeTokens: 'function',
  placeWork: 'function',
  placeScratch: 'function',
  writeConstants: 'function',
  placeCandidates: 'function',
  placeCheckpoints: 'function',
  tokenize: 'function',
  scanLines: 'function',
  scanText: 'function',
  scanAgain: 'function',
  walkRecord: 'function',
  placeBuild: 'function',
  sizeGrams: 'function',
  openShares: 'function',
  spreadGrams: 'function',
  rewindShares: 'function',
  countGrams: 'function',
  weighGrams: 'function',
  markFamily: 'function',
  layOutPostings: 'function',
  fillGrams: 'function',
  closePostings: 'function',
  digestBytes: 'function',
  digestSoFar: 'function',
  digestWhole: 'function',
  placeSeeding: 'function',
  placeSelection: 'function',
  placeWindows: 'function',
  openRun: 'function',
  takeEntries: 'function',
  openFile: 'function',
  placeOrigin: 'function',
  placeTextOrigin: 'function',
  sortEntries: 'function',
  countKeys: 'function',
  placeShelves: 'function',
  clearShelves: 'function',
  shelve: 'function',
  placePlaces: 'function',
  copyShelf: 'function',
  copyBox: 'function',
  packRun: 'function',
  expandRun: 'function',
  placeBuilder: 'function',
  expandKeys: 'function',
  collapse: 'function',
  sumBlock: 'function',
  placeCodec: 'function',
  encodeBlock: 'function',
  decodeBlock: 'function',
  joinBlock: 'function',
  entryCount: 'global',
  documentCount: 'global',
  blockCount: 'global',
  selectedTokens: 'global',
  boxesUsed: 'global',
  mostShelved: 'global',
  built: 'global',
  documentsBuilt: 'global',
  blocksBuilt: 'global',
  gramCount: 'global',
  tokenCount: 'global',
  candidateCount: 'global',
  documentTokens: 'global',
  segmentCount: 'global',
  recordStart: 'global',
  recordEnd: 'global',
  lines: 'global',
  records: 'global',
  ...SKETCH_EXPORTS,
};

function checkedExports(exports: WebAssembly.Exports): CoreExports {
  if (!isCore(exports))
    throw new Error('core.wasm does not hold what this version of heldout expects: run npm run build');
  return exports;
}

function isCore(exports: object): exports is CoreExports {
  const found = new Map<string, unknown>(Object.entries(exports));
  return Object.entries(EXPECTED).every(([name, kind]) => {
    const value = found.get(name);
    return kind === 'function' ? typeof value === 'function' : value instanceof WebAssembly.Global;
  });
}
