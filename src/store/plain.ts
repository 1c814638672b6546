import { BLOCK_KEYS } from '../hashcore/block-builder.js';
import type { Coding } from '../hashcore/block-builder.js';

/** A block of an index in plain values. This is the twin of hashcore/assembly/codec.ts, and says what FORMAT.md says. */
export interface PlainBlock {
  /** Ascending. */
  readonly keys: readonly bigint[];
  readonly documents: readonly number[];
  /** A bit a source; empty where there is one source alone. */
  readonly sources: readonly number[];
  /** Ascending; empty where the index has no locations. */
  readonly locations: readonly (readonly number[])[];
}

/** Code of a block, column by column. */
export interface CodedBlock {
  readonly keys: Uint8Array;
  readonly documents: Uint8Array;
  readonly sources: Uint8Array;
  readonly locations: Uint8Array;
}

/** Bits, from the lowest of each byte up. */
class Bits {
  readonly list: (0 | 1)[] = [];

  put(value: bigint, bits: number): this {
    for (let i = 0; i < bits; i++) this.list.push((value >> BigInt(i)) & 1n ? 1 : 0);
    return this;
  }

  gamma(value: number): this {
    const bits = Math.floor(Math.log2(value));
    return this.put(0n, bits).put(1n, 1).put(BigInt(value), bits);
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.list.length / 8));
    this.list.forEach((bit, i) => (bytes[i >> 3] |= bit << (i & 7)));
    return bytes;
  }
}

export function encodePlain(block: PlainBlock, coding: Coding): CodedBlock {
  const documents = new Bits();
  const sources = new Bits();
  const locations = new Bits();
  block.documents.forEach((count, i) => {
    documents.gamma(count);
    if (coding.sourceBits > 0) sources.put(BigInt(block.sources[i]), coding.sourceBits);
    if (coding.mostBlocks === 0) return;
    if (count > 1) locations.gamma(block.locations[i].length);
    for (const location of block.locations[i]) locations.put(BigInt(location), coding.blockBits);
  });
  return {
    keys: encodeKeys(block.keys, coding.keyBits),
    documents: documents.bytes(),
    sources: sources.bytes(),
    locations: locations.bytes(),
  };
}

function encodeKeys(keys: readonly bigint[], keyBits: number): Uint8Array {
  const values = keys.map((key) => (key - keys[0]) >> BigInt(64 - keyBits));
  const quotient = values[values.length - 1] / BigInt(keys.length);
  const low = quotient > 0n ? quotient.toString(2).length - 1 : 0;
  const lows = new Bits();
  const highs = new Bits();
  let before = 0n;
  for (const value of values) {
    const high = value >> BigInt(low);
    lows.put(value, low);
    highs.put(1n << (high - before), Number(high - before) + 1);
    before = high;
  }
  const head = new Bits().put(keys[0], 64).put(BigInt(keys.length), 16).put(BigInt(low), 8);
  return Buffer.concat([head.bytes(), lows.bytes(), highs.bytes()]);
}

/** Reads bits in the order they were put. */
class BitReader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, fromByte = 0) {
    this.bytes = bytes;
    this.at = fromByte * 8;
  }

  get(bits: number): bigint {
    let value = 0n;
    for (let i = 0; i < bits; i++, this.at++) {
      if ((this.bytes[this.at >> 3] >> (this.at & 7)) & 1) value |= 1n << BigInt(i);
    }
    return value;
  }

  zeros(): number {
    let count = 0;
    while (this.at < this.bytes.length * 8 && this.get(1) === 0n) count++;
    return count;
  }

  gamma(): number {
    const bits = this.zeros();
    return Number((1n << BigInt(bits)) | this.get(bits));
  }
}

export function decodePlain(code: CodedBlock, coding: Coding): PlainBlock {
  const keys = decodeKeys(code.keys, coding.keyBits);
  const inDocuments = new BitReader(code.documents);
  const inSources = new BitReader(code.sources);
  const inLocations = new BitReader(code.locations);
  const documents = keys.map(() => inDocuments.gamma());
  const sources = coding.sourceBits > 0 ? keys.map(() => Number(inSources.get(coding.sourceBits))) : [];
  const listOf = (count: number): number[] => {
    const length = count > 1 ? inLocations.gamma() : 1;
    return Array.from({ length }, () => Number(inLocations.get(coding.blockBits)));
  };
  return { keys, documents, sources, locations: coding.mostBlocks > 0 ? documents.map(listOf) : [] };
}

function decodeKeys(code: Uint8Array, keyBits: number): bigint[] {
  const head = new BitReader(code);
  const first = head.get(64);
  const count = Math.min(Number(head.get(16)), BLOCK_KEYS);
  const low = Number(head.get(8));
  const lows = new BitReader(code, 11);
  const highs = new BitReader(code, 11 + Math.ceil((count * low) / 8));
  let high = 0n;
  return Array.from({ length: count }, () => {
    high += BigInt(highs.zeros());
    return first + (((high << BigInt(low)) | lows.get(low)) << BigInt(64 - keyBits));
  });
}
