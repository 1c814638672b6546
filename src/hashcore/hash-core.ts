import type { TextPaths } from '../model/input.js';
import {
  BATCH_TOKENS,
  CANDIDATES,
  CHECKPOINT_TOKENS,
  createRegion,
  DIGEST_BYTES,
  PADDING_BYTES,
  placeGramTable,
  placeTextTables,
} from './layout.js';
import type { GramTable, Region, TextTables } from './layout.js';
import { allocate, instantiate } from './load.js';
import type { CoreExports } from './load.js';
import { TOLD_AT, packTold, packPaths } from './path-table.js';

/** What a scan stopped for (assembly/core.ts); several may hold. */
export const HAS_CANDIDATES = 1;
export const NO_TEXT = 2;
export const BROKEN = 4;
export const NOT_UTF8 = 8;
export const FULL = 16;
export const STRANGE = 32;

/** A part that may stand in the document last scanned, by token numbers of the document. */
export interface Candidate {
  readonly part: number;
  /** Where the part's first and last seeds end, in tokens of the document. */
  readonly first: number;
  readonly last: number;
}

/** Tokens of a stretch of text: parallel arrays. */
export interface TokenList {
  readonly length: number;
  /** Low 32 bits of the hash: bit 0 is 1 for a code point of a script without spaces. */
  readonly hashes: Uint32Array;
  /** Bytes [start, end) in the input buffer. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Bytes [start, end) of the input buffer that hold one string of the document, and its first token's number. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly firstToken: number;
}

/** Everything an instance needs to find the shared tables. */
export interface CoreShared {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly text: TextTables;
}

const NONE: TextPaths = [];

/** One instance of the core with its own input buffer. Not for use by two threads. */
export class HashCore {
  readonly core: CoreExports;
  private readonly memory: WebAssembly.Memory;
  private readonly region: Region;
  private inputAt = 0;
  private inputBytes = 0;
  /** The input buffer and its padding, so that writing a short text makes no view of its own. Memory that grows stays where it is. */
  private inputView: Uint8Array = new Uint8Array(0);
  private readonly encoder = new TextEncoder();

  /** `table`: what to scan for; a core without one only tokenizes, and builds the table. */
  constructor(shared: CoreShared, inputBytes = 1 << 20, table?: GramTable) {
    this.memory = shared.memory;
    this.core = instantiate(shared.module, shared.memory);
    placeTextTables(this.core, shared.text);
    this.region = createRegion(this.memory, this.core, table?.parts ?? 0);
    if (table) {
      placeGramTable(this.core, table);
      this.reserveCandidates(CANDIDATES);
    }
    this.reserveInput(inputBytes);
  }

  /** Address of the input buffer; it moves when it grows. */
  get input(): number {
    return this.inputAt;
  }

  /** Bytes that fit into the input buffer. */
  get inputCapacity(): number {
    return this.inputBytes;
  }

  /** Makes room for `bytes` of input; what was in a smaller buffer is copied over. */
  reserveInput(bytes: number): void {
    if (bytes <= this.inputBytes) return;
    const checkpoints = Math.ceil(bytes / CHECKPOINT_TOKENS) + 1;
    const at = allocate(this.memory, bytes + PADDING_BYTES + checkpoints * 4);
    if (this.inputBytes > 0) this.bytes(at, this.inputBytes).set(this.bytes(this.inputAt, this.inputBytes));
    this.inputAt = at;
    this.inputBytes = bytes;
    this.inputView = this.bytes(at, bytes + PADDING_BYTES);
    const behind = (at + bytes + PADDING_BYTES + 3) & ~3;
    this.checkpointsAt = behind;
    this.core.placeCheckpoints(behind, checkpoints);
  }
  private checkpointsAt = 0;

  /** A view of the memory, valid until the memory grows. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** Goes on with an xxh64 digest whose `state` is given, zeros at first, and changed; `bytes` is a view of this memory. */
  digestOn(state: Uint8Array, bytes: Uint8Array): void {
    const own = this.bytes(this.region.digest, DIGEST_BYTES);
    own.set(state);
    this.core.digestBytes(this.region.digest, bytes.byteOffset, bytes.length);
    state.set(own);
  }

  /** The digest as 16 hex digits; empty where fewer than `bytes` went into it. */
  digestOf(state: Uint8Array, bytes: number): string {
    const own = this.bytes(this.region.digest, DIGEST_BYTES);
    own.set(state);
    if (new DataView(own.buffer, own.byteOffset).getBigUint64(0, true) < bytes) return '';
    return BigInt.asUintN(64, this.core.digestSoFar(this.region.digest)).toString(16).padStart(16, '0');
  }

  /** Copies text into the input buffer as UTF-8; returns its length in bytes. */
  writeText(text: string): number {
    this.reserveInput(text.length * 3);
    const { written } = this.encoder.encodeInto(text, this.inputView);
    this.terminate(written);
    return written;
  }

  /** Writes text behind the first `at` bytes of the input, which stay as they are; returns its first address and the one behind. */
  placeText(text: string, at: number): [from: number, end: number] {
    const from = at === 0 ? 0 : at + PADDING_BYTES;
    // Three bytes a character is the most it can take, and for all but huge texts cheaper to reserve than to count.
    const room = text.length < 1 << 20 ? text.length * 3 : Buffer.byteLength(text);
    this.reserveInput(from + room);
    const { written } = this.encoder.encodeInto(text, this.bytes(this.inputAt + from, room));
    this.terminate(from + written);
    return [this.inputAt + from, this.inputAt + from + written];
  }

  /** Puts a byte that is no letter behind the input, as the tokenizer wants. */
  terminate(length: number): void {
    this.inputView.fill(0, length, length + PADDING_BYTES);
  }

  /** Has the core write tokens' hashes to `address`, where BATCH_TOKENS have room, instead of its own region; undefined ends that. */
  redirectHashes(address: number | undefined): void {
    const { hashes, starts, ends, spelling } = this.region;
    this.core.placeTokens(address ?? hashes, starts, ends, spelling);
  }

  /** Which strings of a record are its text; a record with nothing but `late` ones is given back as one without text. */
  usePaths(paths: TextPaths, late: TextPaths = NONE, told?: ReadonlySet<string>): void {
    const { used } = this;
    // A file comes in many ranges.
    if (used && used.paths === paths && used.late === late && used.told === told) return;
    this.used = { paths, late, told };
    const words = packPaths(paths, late);
    new Uint32Array(this.memory.buffer, this.region.paths, words.length).set(words);
    const fields = packTold(told);
    new Uint32Array(this.memory.buffer, this.region.paths + TOLD_AT, fields.length).set(fields);
  }

  private used?: {
    readonly paths: TextPaths;
    readonly late: TextPaths;
    readonly told: ReadonlySet<string> | undefined;
  };

  /** The candidates of the document last scanned; where there were more than had room, it is scanned again with more. */
  candidates(json: boolean): Candidate[] {
    const count = this.core.candidateCount.value;
    if (count > this.candidatesRoom) {
      this.reserveCandidates(2 ** Math.ceil(Math.log2(count)));
      this.core.scanAgain(json ? 1 : 0);
    }
    const raw = new Uint32Array(this.memory.buffer, this.candidatesAt, count * 4);
    return Array.from({ length: count }, (_, i) => ({ part: raw[i * 4], first: raw[i * 4 + 1], last: raw[i * 4 + 2] }));
  }

  private reserveCandidates(room: number): void {
    this.candidatesAt = allocate(this.memory, room * 16);
    this.candidatesRoom = room;
    this.core.placeCandidates(this.candidatesAt, room);
  }
  private candidatesAt = 0;
  private candidatesRoom = 0;

  /** The strings of the document last scanned; a document of plain text is one. */
  segments(json: boolean): Segment[] {
    const count = json ? this.core.segmentCount.value : 1;
    const raw = new Uint32Array(this.memory.buffer, this.region.segments, count * 4);
    return Array.from({ length: raw.length / 4 }, (_, i) => ({
      start: raw[i * 4],
      end: raw[i * 4 + 1],
      firstToken: raw[i * 4 + 2],
    }));
  }

  /** Where token `number` − (number mod CHECKPOINT_TOKENS) of the document last scanned starts. */
  checkpoint(number: number): number {
    return (
      new Uint32Array(this.memory.buffer, this.checkpointsAt, Math.floor(number / CHECKPOINT_TOKENS) + 1).at(-1) ?? 0
    );
  }

  /** The tokens that begin in bytes [from, end), at most about `most` of them. */
  tokens(from: number, end: number, json: boolean, most = Infinity): TokenList {
    const batches: TokenList[] = [];
    let length = 0;
    for (let p = from; p < end && length < most;) {
      // Addresses beyond 2 GiB come back as negative numbers.
      p = this.core.tokenize(p, end, json ? 1 : 0, BATCH_TOKENS) >>> 0;
      const batch = this.batch(this.core.tokenCount.value);
      batches.push(batch);
      length += batch.length;
    }
    return concatenate(batches, length);
  }

  /** A copy of the batch that the core holds. */
  private batch(length: number): TokenList {
    const wide = new Uint32Array(this.memory.buffer, this.region.hashes, length * 2);
    const hashes = new Uint32Array(length);
    for (let i = 0; i < length; i++) hashes[i] = wide[i * 2];
    return {
      length,
      hashes,
      starts: new Uint32Array(this.memory.buffer, this.region.starts, length).slice(),
      ends: new Uint32Array(this.memory.buffer, this.region.ends, length).slice(),
    };
  }

  /** A copy of the tokens that the last call of the core's tokenizer wrote. */
  lastBatch(): TokenList {
    return this.batch(this.core.tokenCount.value);
  }

  /** The 64-bit hashes of the batch that the core holds, for tests. */
  batchHashes(): bigint[] {
    return [...new BigUint64Array(this.memory.buffer, this.region.hashes, this.core.tokenCount.value)];
  }
}

function concatenate(batches: readonly TokenList[], length: number): TokenList {
  if (batches.length === 1) return batches[0];
  const whole = {
    length,
    hashes: new Uint32Array(length),
    starts: new Uint32Array(length),
    ends: new Uint32Array(length),
  };
  let at = 0;
  for (const batch of batches) {
    whole.hashes.set(batch.hashes, at);
    whole.starts.set(batch.starts, at);
    whole.ends.set(batch.ends, at);
    at += batch.length;
  }
  return whole;
}
