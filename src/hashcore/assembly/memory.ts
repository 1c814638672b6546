// The memory map. One shared memory holds the tables (written once) and a region for each worker; an instance is told
// where its own region is by `place`. Nothing is allocated here: there is no collector, no stack frame in memory, no data segment.
//
// Sizes in bytes beside each address; the host (hashcore/layout.ts) is the other holder of this map.

/** u16[8704]: code point >> 7 → block of the folding table. */
export let blockIndex: usize = 0;
/** u32[blocks * 128]: folding entries (text/unicode.ts). */
export let blocks: usize = 0;
/** u32[]: length-prefixed foldings of more than one code point. */
export let expansions: usize = 0;

/** Sorted u64 lists of names packed little-endian (text/markup.ts). */
export let commandNames: usize = 0;
export let commandCount: u32 = 0;
export let tagNames: usize = 0;
export let tagCount: u32 = 0;
export let entityNames: usize = 0;
export let entityCount: u32 = 0;
export let markNames: usize = 0;
export let markCount: u32 = 0;

/** u64[filterSize]: blocked Bloom filter over the benchmark's grams, three bits of one word a gram. */
export let filter: usize = 0;
export let filterSize: u64 = 0;
/** {tag u32, posting index u32}[slotMask + 1]: open addressing, posting index 0 is an empty slot. */
export let slots: usize = 0;
export let slotMask: u32 = 0;
/** {part u32, bucket u8, weight u8, last u16}[]: who holds a gram; `last` is 1 on the list's last entry. */
export let postings: usize = 0;
/** {need u32, 0}[parts]: weight that makes a candidate. */
export let partRules: usize = 0;
/** The last part: it stands for all that share their grams with too many others to be listed one by one. */
export let familyPart: u32 = 0;

/** u64[BATCH_TOKENS], u32[BATCH_TOKENS], u32[BATCH_TOKENS]: hash, first byte, byte after the last. Before the hashes, 64 bytes are free. */
export let tokenHashes: usize = 0;
export let tokenStarts: usize = 0;
export let tokenEnds: usize = 0;
/** u16[2 * BATCH_TOKENS and some]: tokens while they are looked for, and those of them that were spelled; see edges.ts. */
export let tokenEdges: usize = 0;
export let spelled: usize = 0;
/** u32[BATCH_TOKENS + 64]: tokens of the batch that may be figures. */
export let digitList: usize = 0;
/** Constants that are looked up: u8[256][8], which bits of a byte are set; u64[25], masks of hash.ts; u64[1024], patterns of grams.ts. */
export let edgeLists: usize = 0;
export let hashMasks: usize = 0;
export let patterns: usize = 0;
/** u8[512]: folded bytes of the token being read, beyond the fast path. */
export let spelling: usize = 0;
/** {token u32, first posting u32, gram u64}[HITS_BYTES / 16]: grams of the document that pass the filter, not collected yet. */
export let hits: usize = 0;
/** PartState[parts], see seeds.ts. */
export let partStates: usize = 0;
/** {part u32, first token u32, last token u32, weight u32}[candidateCapacity]. */
export let candidates: usize = 0;
export let candidateCapacity: u32 = 0;
/** {first byte u32, byte after last u32, first token u32, 0}[SEGMENTS]: the strings that make up the document. */
export let segments: usize = 0;
/** u32[]: first byte of every CHECKPOINT_TOKENS-th token of the document. */
export let checkpoints: usize = 0;
export let checkpointCapacity: u32 = 0;
/** Key paths of the text fields, see walk.ts. */
export let paths: usize = 0;

export const BATCH_TOKENS: u32 = 2048;
/** Tokens found at a time while scanning: few enough for what they leave to stay in the nearest cache. */
export const SCAN_TOKENS: u32 = 512;
export const HITS_BYTES: usize = usize(BATCH_TOKENS) << 5;
export const SEGMENTS: u32 = 1 << 14;
export const CHECKPOINT_TOKENS: u32 = 64;

export function placeUnicode(index: usize, block: usize, expansion: usize): void {
  blockIndex = index;
  blocks = block;
  expansions = expansion;
}

/** The four lists stand one behind another. */
export function placeNames(at: usize, commands: u32, tags: u32, entities: u32, marks: u32): void {
  commandNames = at;
  commandCount = commands;
  tagNames = commandNames + (usize(commands) << 3);
  tagCount = tags;
  entityNames = tagNames + (usize(tags) << 3);
  entityCount = entities;
  markNames = entityNames + (usize(entities) << 3);
  markCount = marks;
}

export function placeTable(
  filterAt: usize,
  words: u32,
  slotsAt: usize,
  slotCount: u32,
  postingsAt: usize,
  rulesAt: usize,
  parts: u32,
): void {
  filter = filterAt;
  filterSize = u64(words);
  slots = slotsAt;
  slotMask = slotCount - 1;
  postings = postingsAt;
  partRules = rulesAt;
  familyPart = parts - 1;
}

export function placeTokens(hashes: usize, starts: usize, ends: usize, spellingAt: usize): void {
  tokenHashes = hashes;
  tokenStarts = starts;
  tokenEnds = ends;
  spelling = spellingAt;
}

/** The lists come first, 10,496 bytes; the host writes none of it. */
export function placeScratch(at: usize): void {
  edgeLists = at;
  hashMasks = at + 2048;
  patterns = at + 2304;
  tokenEdges = at + 10_496;
  digitList = tokenEdges + ((usize(BATCH_TOKENS) + 64) << 2);
  spelled = digitList + ((usize(BATCH_TOKENS) + 64) << 2);
}

export function placeWork(hitsAt: usize, statesAt: usize, segmentsAt: usize, pathsAt: usize): void {
  hits = hitsAt;
  partStates = statesAt;
  segments = segmentsAt;
  paths = pathsAt;
}

/** Apart from the rest because it grows with the document that has the most. */
export function placeCandidates(at: usize, capacity: u32): void {
  candidates = at;
  candidateCapacity = capacity;
}

/** Apart from the rest because it grows with the input buffer. */
export function placeCheckpoints(at: usize, capacity: u32): void {
  checkpoints = at;
  checkpointCapacity = capacity;
}
