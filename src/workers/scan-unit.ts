import { HeldoutError } from '../model/errors.js';
import { bytesNow, openPlain, readBytes } from '../read/bytes.js';
import type { PlainFile } from '../read/bytes.js';
import { readDocuments } from '../read/documents.js';
import type { Digest, Digester } from '../report/digest.js';
import { RangeSource, StreamSource } from './byte-source.js';
import type { ByteSource } from './byte-source.js';
import { ChainLink } from './digest-chain.js';
import { scanText } from './document-scanner.js';
import type { Scanner } from './document-scanner.js';
import { LineBuffer } from './line-buffer.js';
import type { UnitProgress, UnitResult } from './protocol.js';
import { LineScan } from './scan-lines.js';
import { isMissing, UnitTally } from './tally.js';
import type { Unit } from './unit.js';

/** Bytes digested at a time: they stay in the processor's cache between the disk and the hash. */
const DIGEST_STEP = 256 * 1024;

type UnitOf<K extends Unit['kind']> = Extract<Unit, { kind: K }>;

/** Scans one unit. A file that fails half-way gives what came before, and a skip that says so. */
export async function scanUnit(
  unit: Unit,
  scanner: Scanner,
  digester: Digester,
  onProgress: (progress: UnitProgress) => void,
  signal?: AbortSignal,
): Promise<UnitResult> {
  const tally = new UnitTally(onProgress);
  const disk = new DiskReading(digester(), tally);
  try {
    if (unit.kind === 'range') await scanRange(unit, scanner, disk, tally);
    else if (unit.kind === 'lines') await scanStream(unit, scanner, disk, tally, signal);
    else if (unit.kind === 'documents') await scanDocuments(unit, scanner, disk, tally);
    else digestFile(unit, scanner, disk);
    if (unit.kind !== 'digest' && !scanner.stopped()) tellShrunk(unit, tally);
  } catch (error) {
    if (!(error instanceof HeldoutError) || error.code !== 'unreadable') throw error;
    // Whoever scans the file says what is wrong with it.
    const reason = disk.bytes === 0 && tally.records === 0 ? 'unreadable-file' : 'corrupt-file';
    if (unit.kind !== 'digest') tally.skip({ reason, file: unit.input.path, record: 0, detail: error.message });
  }
  tally.tell();
  return tally.result();
}

/** A file that is being written anew ends where a line does as like as not: nothing else would show that the rest is missing. */
function tellShrunk({ input }: Unit, tally: UnitTally): void {
  const left = input.path === '-' ? input.bytes : bytesNow(input.path);
  if (left >= input.bytes) return;
  const detail = `${input.path}: it had ${input.bytes} bytes when the scan began and ${left} at its end. Scan it again.`;
  tally.skip({ reason: 'corrupt-file', file: input.path, record: 0, detail });
}

/** The bytes on disk as they pass: counted and digested. */
class DiskReading {
  bytes = 0;
  private readonly digest: Digest;
  private readonly tally: UnitTally;

  constructor(digest: Digest, tally: UnitTally) {
    this.digest = digest;
    this.tally = tally;
  }

  readonly note = (chunk: Uint8Array): void => {
    this.take(chunk);
    this.tally.advance(chunk.length);
  };

  /** Without counting it as progress: others do. */
  take(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.digest.update(chunk);
  }

  /** To be called when the file was read to its end; a reader that was content with less leaves no digest. */
  finish({ input }: Unit): void {
    if (input.path === '-' || this.bytes >= input.bytes) this.tally.xxh64 = this.digest.hex();
  }
}

async function scanRange(unit: UnitOf<'range'>, scanner: Scanner, disk: DiskReading, tally: UnitTally): Promise<void> {
  const link = unit.chain && new ChainLink(scanner.core, unit.chain, () => scanner.stopped());
  let file: PlainFile | undefined;
  try {
    file = openPlain(unit.input.path);
    const source = new RangeSource(file, unit.from, unit.to);
    const watched: ByteSource = {
      get start() {
        return source.start;
      },
      fill(target) {
        let filled = 0;
        while (filled < target.length) {
          const step = target.subarray(filled, filled + DIGEST_STEP);
          const length = source.fill(step);
          if (unit.whole) disk.note(step.subarray(0, length));
          else tally.advance(length);
          link?.take(step.subarray(0, length), source.ended);
          filled += length;
          if (length < step.length) break;
        }
        return filled;
      },
    };
    const whole = await linesOf(watched, unit, scanner, tally).run(true);
    if (unit.whole && whole) disk.finish(unit);
    if (link) tally.xxh64 = link.hex(unit.input.bytes);
  } finally {
    link?.close();
    file?.close();
  }
}

async function scanStream(
  unit: UnitOf<'lines'>,
  scanner: Scanner,
  disk: DiskReading,
  tally: UnitTally,
  signal: AbortSignal | undefined,
): Promise<void> {
  const source = new StreamSource(readBytes(unit.input, disk.note), signal);
  try {
    if (await linesOf(source, unit, scanner, tally).run(false)) disk.finish(unit);
  } finally {
    await source.close();
  }
}

function linesOf(source: ByteSource, unit: Unit, scanner: Scanner, tally: UnitTally): LineScan {
  const buffer = new LineBuffer(scanner.core, source, scanner.chunkBytes, scanner.settings.maxRecordBytes);
  return new LineScan(scanner, buffer, unit, tally);
}

async function scanDocuments(
  unit: UnitOf<'documents'>,
  scanner: Scanner,
  disk: DiskReading,
  tally: UnitTally,
): Promise<void> {
  const { path } = unit.input;
  const skip: typeof tally.skip = (skipped) => {
    tally.skip(skipped);
    if (isMissing(skipped.reason)) tally.records++;
  };
  const options = scanner.settings;
  for await (const batch of readDocuments(unit.input, unit, options, skip, disk.note, tally.later)) {
    for (const { record, offset, text, id } of batch) {
      tally.records++;
      tally.textBytes += scanText(scanner, text, 0, { file: path, record, offset, id: () => id }, tally);
    }
    if (scanner.stopped()) return;
  }
  disk.finish(unit);
}

function digestFile(unit: UnitOf<'digest'>, scanner: Scanner, disk: DiskReading): void {
  const file = openPlain(unit.input.path);
  const buffer = new Uint8Array(DIGEST_STEP);
  try {
    for (;;) {
      const length = file.readInto(buffer, disk.bytes);
      if (length === 0) break;
      if (scanner.stopped()) return;
      disk.take(buffer.subarray(0, length));
    }
    disk.finish(unit);
  } finally {
    file.close();
  }
}
