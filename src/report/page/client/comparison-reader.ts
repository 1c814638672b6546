import { count } from '../../numbers.js';
import type { ComparisonData, RecordText } from '../comparison-shape.js';
import { Blocks, parsedBlock } from './blocks.js';

/** The data of a comparison's page, from its blocks: the columns at once, texts when they are asked for. */
export class ComparisonReader {
  readonly data: ComparisonData;
  /** Pairs of each cluster, in order. */
  readonly ofCluster: ReadonlyMap<number, readonly number[]>;
  private readonly texts: Blocks<RecordText>;
  private readonly haystacks = new Map<number, string>();

  constructor() {
    this.data = parsedBlock('page-data') as ComparisonData;
    this.texts = new Blocks('texts', this.data.blockSize);
    const ofCluster = new Map<number, number[]>();
    for (const [pair, cluster] of this.data.pairs.cluster.entries()) {
      const own = ofCluster.get(cluster);
      if (own) own.push(pair);
      else ofCluster.set(cluster, [pair]);
    }
    this.ofCluster = ofCluster;
  }

  idOf(record: number): string {
    const { records, files } = this.data;
    const id = records.id[record];
    return id === 0 ? `${files[records.file[record]]}#${records.record[record]}` : id;
  }

  setOf(record: number): string {
    return this.data.sets[this.data.records.set[record]];
  }

  /** `file record 12` */
  placeOf(record: number): readonly [file: string, rest: string] {
    const { records, files } = this.data;
    return [files[records.file[record]], ` record ${count(records.record[record])}`];
  }

  /** Undefined where this page does not carry it. */
  textOf(record: number): RecordText | undefined {
    const at = this.data.records.text[record];
    return at < 0 ? undefined : this.texts.at(at);
  }

  /** Whether a pair has a word, in lower case: in ids, names or texts; `cluster:12` names its cluster. */
  has(pair: number, word: string): boolean {
    const { pairs, clusters } = this.data;
    const named = /^cluster:(\d+)$/.exec(word);
    if (named) return clusters.number[pairs.cluster[pair]] === Number(named[1]);
    return this.haystack(pairs.left[pair]).includes(word) || this.haystack(pairs.right[pair]).includes(word);
  }

  private haystack(record: number): string {
    let made = this.haystacks.get(record);
    if (made === undefined) {
      const [text = '', , redacted] = this.textOf(record) ?? [];
      made = [this.idOf(record), this.setOf(record), this.placeOf(record)[0], text, redacted?.[0] ?? '']
        .join('\n')
        .toLowerCase();
      this.haystacks.set(record, made);
    }
    return made;
  }
}
