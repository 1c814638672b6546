/** What a scan of an index promises, and how often it may be wrong: part of every report made from one. */
export interface IndexCertificate {
  /** As it was given on the command line. */
  readonly path: string;
  /** Digest of its manifest: the index's id. */
  readonly id: string;
  readonly profile: number;
  /** A shared run of so many words is always found; of so many tokens where scripts without spaces are among them. */
  readonly words: number;
  readonly tokens: number;
  readonly keys: number;
  readonly keyBits: number;
  /** Grams of the benchmarks that were looked up, and how many of the index's keys they met. */
  readonly lookUps: number;
  readonly keysFound: number;
  /** Chance that a look-up of what is not there says it is: keys ÷ 2^keyBits. */
  readonly epsilon: number;
  /** The most that all look-ups of one item come to: the chance that it is hit by accident. */
  readonly epsilonPerItem: number;
  /** Over all look-ups. Hits that were confirmed are none of these. */
  readonly expectedFalseHits: number;
  /** Blocks of 64 KB that hits were looked up in, and how many of those could be read and held what the index says. */
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly blocksChanged: number;
  readonly sources: readonly string[];
}
