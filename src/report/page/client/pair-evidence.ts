import { differences } from '../../differences.js';
import { count, percent } from '../../numbers.js';
import type { Pane } from './browser.js';
import { textSide } from './collation.js';
import type { ComparisonReader } from './comparison-reader.js';
import { button, element, name } from './element.js';
import { fact, kindClass, marker } from './figures.js';
import { redactedSide } from './redacted-collation.js';

/** Words of each text that are compared: all that a page has of one. */
const ALL_WORDS = 4000;

/** What is known of one pair: how much it is the same, where both records are, and what is not the same in them. */
export class PairEvidence implements Pane {
  readonly root: HTMLElement;
  private readonly reader: ComparisonReader;
  private readonly back: () => void;
  private readonly onCluster: (cluster: number) => void;
  private pair = -1;

  constructor(reader: ComparisonReader, back: () => void, onCluster: (cluster: number) => void) {
    this.reader = reader;
    this.back = back;
    this.onCluster = onCluster;
    this.root = element('article', { class: 'evidence', tabindex: -1, 'aria-label': 'Evidence' });
    this.show(-1);
  }

  show(pair: number): void {
    this.pair = pair;
    this.draw();
    this.root.scrollTop = 0;
  }

  /** The next or the previous pair of the same cluster. */
  step(by: number): void {
    if (this.pair < 0) return;
    const own = this.ofCluster();
    const to = own.indexOf(this.pair) + by;
    if (to < 0 || to >= own.length) return;
    this.pair = own[to];
    this.draw();
  }

  private ofCluster(): readonly number[] {
    return this.reader.ofCluster.get(this.reader.data.pairs.cluster[this.pair]) ?? [];
  }

  private draw(): void {
    if (this.pair < 0) {
      this.root.replaceChildren(element('p', { class: 'note empty' }, 'No pair is chosen.'));
      return;
    }
    const { kinds, pairs } = this.reader.data;
    const kind = kinds[pairs.kind[this.pair]];
    this.root.replaceChildren(
      button('← Pairs', { class: 'back' }, this.back),
      element(
        'header',
        {},
        element('h3', {}, `Pair ${count(this.pair + 1)}`),
        element(
          'p',
          { class: 'about' },
          element('span', { class: `verdict ${kindClass(kind)}` }, marker(), kind),
          ` · ${MEANING[kind] ?? ''}`,
        ),
        this.cluster(),
      ),
      this.figures(kind),
      this.texts(kind),
    );
  }

  private cluster(): HTMLElement {
    const { clusters, pairs, sets, records } = this.reader.data;
    const at = pairs.cluster[this.pair];
    const own = this.ofCluster();
    const representative = clusters.representative[at];
    const turn = element(
      'span',
      { class: 'turn' },
      button(
        '‹',
        { 'aria-label': 'Previous pair of the cluster', ...(own[0] === this.pair ? { disabled: true } : {}) },
        () => this.step(-1),
      ),
      ` ${count(own.indexOf(this.pair) + 1)} of ${count(own.length)} `,
      button(
        '›',
        { 'aria-label': 'Next pair of the cluster', ...(own.at(-1) === this.pair ? { disabled: true } : {}) },
        () => this.step(1),
      ),
    );
    return element(
      'div',
      { class: 'place' },
      element(
        'p',
        {},
        button(`Cluster ${count(clusters.number[at])}`, { class: 'more' }, () => this.onCluster(clusters.number[at])),
        ` of ${count(clusters.records[at])} records, represented by `,
        name(this.reader.idOf(representative)),
        ' of ',
        name(sets[records.set[representative]], ''),
      ),
      ...(own.length > 1 ? [turn] : []),
    );
  }

  private figures(kind: string): HTMLElement {
    const { pairs } = this.reader.data;
    const share = (column: readonly number[]): string => `${percent(column[this.pair] / 10_000)}%`;
    return element(
      'dl',
      { class: `figures ${kindClass(kind)}` },
      fact('similarity', (pairs.jaccard[this.pair] / 10_000).toFixed(3)),
      fact('of the left in the right', share(pairs.leftInRight)),
      fact('of the right in the left', share(pairs.rightInLeft)),
    );
  }

  private texts(kind: string): HTMLElement {
    const { pairs } = this.reader.data;
    const both = [pairs.left[this.pair], pairs.right[this.pair]] as const;
    const [left, right] = both.map((record) => this.reader.textOf(record));
    if (!left || !right)
      return element(
        'div',
        {},
        ...both.map((record) => this.title(record)),
        element('p', { class: 'warning' }, 'The texts of this pair are not in this page; pairs.jsonl has them.'),
      );
    if (left[2] && right[2])
      return element(
        'div',
        { class: 'collation' },
        redactedSide(this.title(both[0]), ...left[2], []),
        redactedSide(this.title(both[1]), ...right[2], []),
      );
    // Of the same text one of two may be known further than the other.
    const marks =
      kind === 'exact' ? [] : differences(left[0], right[0], { exactly: kind === 'normalised', mostWords: ALL_WORDS });
    const side = (at: 0 | 1, [text, isCut]: readonly [string, 0 | 1, ...unknown[]]): HTMLElement =>
      textSide(text, marks[at]?.marks ?? [], {
        title: this.title(both[at]),
        label: at === 0 ? 'Left record' : 'Right record',
        mark: 'differs',
        cutAfter: isCut === 1,
      });
    return element('div', { class: 'collation' }, side(0, left), side(1, right));
  }

  /** Whose the text is, and whether it is to go. */
  private title(record: number): HTMLElement {
    const { records } = this.reader.data;
    const [file, rest] = this.reader.placeOf(record);
    const offset = records.offset[record];
    return element(
      'div',
      { class: 'whose' },
      element('h4', {}, name(this.reader.idOf(record)), ' of ', name(this.reader.setOf(record), '')),
      element('p', { class: 'note' }, name(file), rest, offset >= 0 ? ` · byte ${count(offset)}` : ''),
      element(
        'p',
        { class: 'note' },
        records.drop[record] === 1 ? element('b', { class: 'goes' }, 'to drop') : 'stays',
      ),
    );
  }
}

const MEANING: Readonly<Record<string, string>> = {
  exact: 'the same text, to the character',
  normalised: 'the same words in another form; what differs is marked',
  near: 'most of the wording is the same; what differs is marked',
};
