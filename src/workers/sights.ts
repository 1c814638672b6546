import { coveredBy } from '../judge/unconfirmed.js';
import type { PartSight, SeenGram } from '../judge/unconfirmed.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { Fingerprints } from '../model/index-manifest.js';
import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import type { Catalog } from '../seeds/catalog.js';
import type { LookUps, TextHit } from '../store/look-up.js';
import { fileOfBlock } from '../store/source-files.js';
import type { SourceFiles } from '../store/source-files.js';
import type { Obstacle } from './confirm.js';

const REASONS: Readonly<Record<Obstacle, string>> = {
  changed: 'source changed: the corpus no longer holds what the index says; index it again',
  unreachable: 'the corpus could not be reached; --corpus-root says where it is',
  'no-locations': 'the index has no locations to confirm it by',
  more: 'more documents hold it than the index has locations for',
};
/** The first that holds for any of a part's grams is said. */
const ORDER: readonly Obstacle[] = ['changed', 'unreachable', 'no-locations', 'more'];

/** What an index says of the parts of items beyond what was confirmed. */
export class SightsOfItems {
  private readonly catalog: Catalog;
  private readonly prints: Fingerprints;
  private readonly found: LookUps;
  private readonly obstacles: readonly (Obstacle | undefined)[];
  private readonly source: SourceFiles;
  private readonly sources: readonly string[];
  private readonly hitsOf = new Map<number, TextHit[]>();
  private readonly known = new Map<number, PartSight>();

  constructor(
    catalog: Catalog,
    prints: Fingerprints,
    found: LookUps,
    obstacles: readonly (Obstacle | undefined)[],
    source: SourceFiles,
    sources: readonly string[],
  ) {
    this.catalog = catalog;
    this.prints = prints;
    this.found = found;
    this.obstacles = obstacles;
    this.source = source;
    this.sources = sources;
    for (const hit of found.hits) {
      if (obstacles[hit.key] === undefined) continue;
      const known = this.hitsOf.get(hit.text);
      if (known) known.push(hit);
      else this.hitsOf.set(hit.text, [hit]);
    }
  }

  of(item: number): Map<PartName, PartSight> {
    const { partOffsets, partNames, partTexts } = this.catalog;
    const sights = new Map<PartName, PartSight>();
    for (let i = partOffsets[item]; i < partOffsets[item + 1]; i++)
      sights.set(PART_NAMES[partNames[i]], this.sightOf(partTexts[i]));
    return sights;
  }

  /** The most grams that one item has. */
  mostLookUps(): number {
    const { partOffsets, partTexts, textOffsets } = this.catalog;
    let most = 0;
    for (let item = 0; item + 1 < partOffsets.length; item++) {
      let own = 0;
      for (let i = partOffsets[item]; i < partOffsets[item + 1]; i++) {
        const tokens = textOffsets[partTexts[i] + 1] - textOffsets[partTexts[i]];
        own += Math.max(1, tokens - this.prints.words.gram + 1);
      }
      most = Math.max(most, own);
    }
    return most;
  }

  private sightOf(text: number): PartSight {
    const known = this.known.get(text);
    if (known) return known;
    const { textOffsets, hashes, weights } = this.catalog;
    const [from, to] = [textOffsets[text], textOffsets[text + 1]];
    const { words, singles } = this.prints;
    const tokens = hashes.subarray(from, to);
    const hits = this.hitsOf.get(text) ?? [];
    const grams = hits.map(({ token }): SeenGram => {
      const kind = (tokens[token] & 1) === 1 ? singles : words;
      return { last: token, size: kind.gram, window: kind.window };
    });
    const needed = tokens.some((hash) => (hash & 1) === 1) ? singles.guarantee : words.guarantee;
    const sight = {
      guaranteed: tokens.length >= needed,
      ...coveredBy(weights.subarray(from, to), grams),
      ...this.whereabouts(hits),
    };
    this.known.set(text, sight);
    return sight;
  }

  private whereabouts(hits: readonly TextHit[]): Pick<PartSight, 'documents' | 'reason' | 'place'> {
    if (hits.length === 0) return { documents: 0, reason: '' };
    const keys = hits.map(({ key }) => this.found.keys[key]);
    const rarest = keys.reduce((least, key) => (key.documents < least.documents ? key : least));
    const obstacle = ORDER.find((one) => hits.some(({ key }) => this.obstacles[key] === one)) ?? 'more';
    const names = this.sources.filter((_, i) => (rarest.sources >>> i) & 1);
    const where = this.sources.length > 1 ? ` (in ${names.join(', ')})` : '';
    const place = rarest.blocks.length > 0 ? this.placeOf(rarest.blocks[0]) : undefined;
    return { documents: rarest.documents, reason: REASONS[obstacle] + where, ...(place ? { place } : {}) };
  }

  /** A block of 64 KB, by the first record that begins in it. */
  private placeOf(block: number): PartSight['place'] {
    const number = fileOfBlock(this.source, block);
    const file = this.source.files[number].path;
    const record = this.source.firstRecords[block];
    const offset = (block - this.source.firstBlocks[number]) * SOURCE_BLOCK_BYTES;
    return { file, record, id: `${file}#${record}… (64 KB from byte ${offset})` };
  }
}
