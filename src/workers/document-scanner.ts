import type { HashCore } from '../hashcore/hash-core.js';
import { FULL, HAS_CANDIDATES } from '../hashcore/hash-core.js';
import type { Examiner } from '../match/examine.js';
import { locate } from '../match/locate.js';
import type { Settings } from '../model/settings.js';
import type { Readings } from './readings.js';
import type { UnitTally } from './tally.js';

/** What wants the documents' fingerprints (assembly/select.ts) besides, or instead. */
export interface Fingerprinting {
  /** Lines are next: `address` is `offset` bytes into the file, behind `lines` lines of the unit. */
  beforeLines(address: number, offset: number, lines: number): void;
  /** A plain text of so many bytes is next. */
  beforeText(origin: { readonly record: number; readonly offset: number }, bytes: number): void;
  /** The last document did not fit; it comes again. */
  makeRoom(): void;
}

/** One thread's means of scanning. */
export interface Scanner {
  readonly core: HashCore;
  /** Absent where nothing is looked for: an index is built. */
  readonly examiner?: Examiner;
  readonly settings: Settings;
  readonly readings: Readings;
  readonly chunkBytes: number;
  readonly fingerprints?: Fingerprinting;
  /** Whether everyone is asked to stop. */
  stopped(): boolean;
}

/** A document as its findings name it. `id` is asked for only when there is one. */
export interface DocumentOrigin {
  readonly file: string;
  readonly record: number;
  readonly offset: number;
  id(): string | undefined;
}

/** Takes in what the core said about the document it scanned last. `json`: the document is strings inside JSON. */
export function takeDocument(
  scanner: Scanner,
  status: number,
  json: boolean,
  origin: DocumentOrigin,
  tally: UnitTally,
): void {
  const { record, offset } = origin;
  if (!(status & HAS_CANDIDATES) || !scanner.examiner) return;
  const findings = scanner.examiner.examine(json);
  if (findings.length === 0) return;
  const id = origin.id();
  locate(scanner.core, json, findings).forEach((location, i) => {
    const { item, part, withAnswer, byFigures, verdict, coverage, evidence, longestRun } = findings[i];
    const found = { item, part, withAnswer, byFigures, verdict, coverage, evidence, longestRun };
    tally.hits.push({ ...found, ...location, record, offset, id });
  });
}

/** Scans a text that stands in no buffer yet; it is put behind the first `at` bytes of the input, which stay as they are. */
export function scanText(scanner: Scanner, text: string, at: number, origin: DocumentOrigin, tally: UnitTally): number {
  const { core } = scanner;
  const [from, end] = core.placeText(text, at);
  scanner.fingerprints?.beforeText(origin, end - from);
  let status = core.core.scanText(from, end);
  while (status & FULL) {
    scanner.fingerprints?.makeRoom();
    status = core.core.scanText(from, end);
  }
  takeDocument(scanner, status, false, origin, tally);
  return end - from;
}
