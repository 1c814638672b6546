// xxh64 (Collet) of bytes that come in pieces: of a file whose ranges are read by several threads, one after another. Between two
// pieces all of it is in the state, 72 bytes, of which zeros are a digest of nothing: {length u64, four sums u64, bytes held}. As
// many bytes are held as the length is beyond a multiple of 32.

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

const STRIPE: usize = 32;
const HELD: usize = 40;

export function digestBytes(state: usize, p: usize, length: usize): void {
  const before = load<u64>(state);
  store<u64>(state, before + u64(length));
  if (!before) {
    store<u64>(state, P1 + P2, 8);
    store<u64>(state, P2, 16);
    store<u64>(state, 0, 24);
    store<u64>(state, 0 - P1, 32);
  }
  const end = p + length;
  const held = usize(before) & (STRIPE - 1);
  if (held) {
    const taken = min(STRIPE - held, length);
    memory.copy(state + HELD + held, p, taken);
    if (held + taken < STRIPE) return;
    addStripes(state, state + HELD, state + HELD + STRIPE);
    p += taken;
  }
  const left = (end - p) & (STRIPE - 1);
  addStripes(state, p, end - left);
  memory.copy(state + HELD, end - left, left);
}

/** The digest of bytes that are there at once; `state` may hold anything. */
export function digestWhole(state: usize, p: usize, length: usize): u64 {
  store<u64>(state, 0);
  digestBytes(state, p, length);
  return digestSoFar(state);
}

/** The bytes at [p, end) are whole stripes. */
function addStripes(state: usize, p: usize, end: usize): void {
  let a = load<u64>(state, 8);
  let b = load<u64>(state, 16);
  let c = load<u64>(state, 24);
  let d = load<u64>(state, 32);
  for (; p < end; p += STRIPE) {
    a = add(a, load<u64>(p));
    b = add(b, load<u64>(p, 8));
    c = add(c, load<u64>(p, 16));
    d = add(d, load<u64>(p, 24));
  }
  store<u64>(state, a, 8);
  store<u64>(state, b, 16);
  store<u64>(state, c, 24);
  store<u64>(state, d, 32);
}

// @ts-ignore: decorator
@inline
function add(sum: u64, word: u64): u64 {
  return rotl(sum + word * P2, 31) * P1;
}

/** The digest of all bytes so far; the state stays as it is. */
export function digestSoFar(state: usize): u64 {
  const length = load<u64>(state);
  let hash = length < STRIPE ? P5 : sums(state);
  hash += length;
  let p = state + HELD;
  const end = p + (usize(length) & (STRIPE - 1));
  for (; p + 8 <= end; p += 8) hash = rotl(hash ^ add(0, load<u64>(p)), 27) * P1 + P4;
  if (p + 4 <= end) {
    hash = rotl(hash ^ (u64(load<u32>(p)) * P1), 23) * P2 + P3;
    p += 4;
  }
  for (; p < end; p++) hash = rotl(hash ^ (u64(load<u8>(p)) * P5), 11) * P1;
  hash = (hash ^ (hash >> 33)) * P2;
  hash = (hash ^ (hash >> 29)) * P3;
  return hash ^ (hash >> 32);
}

function sums(state: usize): u64 {
  const a = load<u64>(state, 8);
  const b = load<u64>(state, 16);
  const c = load<u64>(state, 24);
  const d = load<u64>(state, 32);
  const hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
  return merge(merge(merge(merge(hash, a), b), c), d);
}

// @ts-ignore: decorator
@inline
function merge(hash: u64, sum: u64): u64 {
  return (hash ^ add(0, sum)) * P1 + P4;
}
