/**
 * The code of a signature (FORMAT.md, signatures.column): which of its 128 bins are not empty, and two bits of the least hash
 * in each. Written by hashcore/assembly/record-rows.ts; `encodeSignature` is its twin.
 */
export const SIGNATURE_BINS = 128;
const VALUE_BITS = 2;
const BIN_BITS = 7;
/** Up to so many bins are listed by number; more have a bit each. */
const MOST_LISTED = 18;
const EMPTY_BIN = 0xffffffff;
/** Of a bin that no shingle fell into, in a signature that was decoded. */
export const EMPTY_VALUE = 255;

/** Bytes of a code by its first one, which is the number of bins that are not empty. */
export function codeBytes(used: number): number {
  if (used <= MOST_LISTED) return 1 + Math.ceil((used * (BIN_BITS + VALUE_BITS)) / 8);
  const bits = used === SIGNATURE_BINS ? 0 : SIGNATURE_BINS;
  return 1 + Math.ceil((bits + used * VALUE_BITS) / 8);
}

/** Whether a first byte is that of a code. */
export function isCode(used: number): boolean {
  return used > 0 && used <= SIGNATURE_BINS;
}

export function encodeSignature(signature: Uint32Array): Uint8Array {
  const filled = [...signature.keys()].filter((bin) => signature[bin] !== EMPTY_BIN);
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let i = 0; i < count; i++) bits.push((value >>> i) & 1);
  };
  const isListed = filled.length <= MOST_LISTED;
  if (!isListed && filled.length < SIGNATURE_BINS) for (const value of signature) put(value === EMPTY_BIN ? 0 : 1, 1);
  for (const bin of filled) {
    if (isListed) put(bin, BIN_BITS);
    put(signature[bin] & ((1 << VALUE_BITS) - 1), VALUE_BITS);
  }
  const code = new Uint8Array(codeBytes(filled.length));
  code[0] = filled.length;
  bits.forEach((bit, i) => (code[1 + (i >> 3)] |= bit << (i & 7)));
  return code;
}

/** The values of all bins, EMPTY_VALUE where one is empty. The code must be whole. */
export function decodeSignature(code: Uint8Array): Uint8Array {
  const used = code[0];
  const values = new Uint8Array(SIGNATURE_BINS).fill(EMPTY_VALUE);
  let at = 8;
  const get = (bits: number): number => {
    const word = code[at >> 3] | ((code[(at >> 3) + 1] ?? 0) << 8);
    const value = (word >>> (at & 7)) & ((1 << bits) - 1);
    at += bits;
    return value;
  };
  if (used <= MOST_LISTED) {
    for (let i = 0; i < used; i++) {
      const bin = get(BIN_BITS);
      values[bin] = get(VALUE_BITS);
    }
    return values;
  }
  if (used < SIGNATURE_BINS) at += SIGNATURE_BINS;
  for (let bin = 0; bin < SIGNATURE_BINS; bin++) {
    const isFilled = used === SIGNATURE_BINS || ((code[1 + (bin >> 3)] >>> (bin & 7)) & 1) === 1;
    if (isFilled) values[bin] = get(VALUE_BITS);
  }
  return values;
}

/** What two signatures say of their records' similarity. */
export interface Similarity {
  readonly jaccard: number;
  readonly standardError: number;
}

/**
 * Bins filled in both are equal where the records share the shingle, and by chance in one of four cases else; bins empty in
 * both say nothing (Li, Owen and Zhang 2012; Li and König 2010 for the bits). Unbiased before it is cut to [0, 1].
 */
export function similarityOf(a: Uint8Array, b: Uint8Array): Similarity {
  let used = 0;
  let both = 0;
  let equal = 0;
  for (let bin = 0; bin < SIGNATURE_BINS; bin++) {
    if (a[bin] === EMPTY_VALUE && b[bin] === EMPTY_VALUE) continue;
    used++;
    if (a[bin] === EMPTY_VALUE || b[bin] === EMPTY_VALUE) continue;
    both++;
    if (a[bin] === b[bin]) equal++;
  }
  if (used === 0) return { jaccard: 0, standardError: 0 };
  const chance = 2 ** -VALUE_BITS;
  const jaccard = Math.min(1, Math.max(0, (equal - both * chance) / (1 - chance) / used));
  // A coin for each bin that is used, and one for each bin that is filled in both and not shared: it may be equal by chance. Where all
  // bins are equal the records may differ by a shingle still, so they are taken to be no nearer than half a bin.
  const likely = Math.min(jaccard, 1 - 0.5 / used);
  const unshared = Math.max(0, both / used - jaccard);
  const variance = (likely * (1 - likely) + (unshared * chance) / (1 - chance)) / used;
  return { jaccard, standardError: Math.sqrt(variance) };
}
