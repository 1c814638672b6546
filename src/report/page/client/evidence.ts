import { count } from '../../numbers.js';
import type { Pane } from './browser.js';
import { collation } from './collation.js';
import { button, element, name } from './element.js';
import { redactedCollation } from './redacted-collation.js';
import { coverageOf, fact, figures, marker, meter, verdictOf } from './figures.js';
import type { ReportData } from './report-data.js';

/** Documents named at once. */
const PAGE = 50;

/** What is known of one item: its figures, the documents that hold it, and both texts of one of them. */
export class Evidence implements Pane {
  readonly root: HTMLElement;
  private readonly report: ReportData;
  private readonly back: () => void;
  private item = -1;
  private match = -1;
  private listed = PAGE;

  constructor(report: ReportData, back: () => void) {
    this.report = report;
    this.back = back;
    this.root = element('article', { class: 'evidence', tabindex: -1, 'aria-label': 'Evidence' });
    this.show(-1);
  }

  show(item: number): void {
    this.item = item;
    this.match = item < 0 ? -1 : this.report.bestMatch(item);
    this.listed = PAGE;
    this.draw();
    this.root.scrollTop = 0;
  }

  /** The next or the previous document of the item. */
  step(by: number): void {
    if (this.match < 0) return;
    const [first, end] = this.report.matchesOf(this.item);
    this.match = Math.min(end - 1, Math.max(first, this.match + by));
    this.listed = Math.max(this.listed, Math.ceil((this.match - first + 1) / PAGE) * PAGE);
    this.draw();
  }

  private draw(): void {
    if (this.item < 0) {
      this.root.replaceChildren(element('p', { class: 'note empty' }, 'No item is chosen.'));
      return;
    }
    const { items, reasons, files, partVerdicts } = this.report.data;
    const { verdict, id, benchmark } = figures(this.report, this.item);
    const reason = reasons[items.reason[this.item]];
    this.root.replaceChildren(
      button('← Items', { class: 'back' }, this.back),
      element(
        'header',
        {},
        element('h3', {}, name(id)),
        element(
          'p',
          { class: 'about' },
          element('span', { class: `verdict ${verdict.className}` }, marker(), verdict.name),
          ' in ',
          name(benchmark, ''),
          ' · ',
          name(files[items.file[this.item]]),
          ` record ${count(items.record[this.item])}`,
        ),
        ...(reason === '' ? [] : [element('p', { class: 'reason' }, reason)]),
        element(
          'p',
          { class: 'note' },
          ...partVerdicts[items.parts[this.item]].map(([part, said], i) => `${i > 0 ? ' · ' : ''}${part}: ${said}`),
        ),
      ),
      ...(this.match < 0
        ? [element('p', {}, 'No document that was read holds enough of it to be shown.')]
        : this.found()),
    );
  }

  private found(): HTMLElement[] {
    const [first, end] = this.report.matchesOf(this.item);
    const texts = this.report.texts(this.match);
    const missing =
      'The texts of this match are not in this page; matches.jsonl has them, and heldout show prints them.';
    return [
      this.figuresOfMatch(),
      this.place(first, end),
      texts
        ? (redactedCollation(texts) ?? collation(texts, this.isCode()))
        : element('p', { class: 'warning' }, missing),
      ...(end - first > 1 ? [this.documents(first, end)] : []),
    ];
  }

  /** Of an item that has a code part, its question is most often code as well. */
  private isCode(): boolean {
    const { items, partVerdicts } = this.report.data;
    return partVerdicts[items.parts[this.item]].some(([part]) => part === 'code');
  }

  private figuresOfMatch(): HTMLElement {
    const { matches, parts, verdicts } = this.report.data;
    const { name: verdict, className } = verdictOf(verdicts[matches.verdict[this.match]]);
    const coverage = coverageOf(matches.coverage[this.match]);
    return element(
      'dl',
      { class: `figures ${className}` },
      fact('this match', marker(), verdict),
      fact('part', parts[matches.part[this.match]]),
      fact('coverage', meter(coverage.share), coverage.text),
      fact('evidence', `${count(matches.evidence[this.match] / 10)} bits`),
      fact('longest run', count(matches.longestRun[this.match])),
    );
  }

  private place(first: number, end: number): HTMLElement {
    const { matches, files, reasons } = this.report.data;
    const match = this.match;
    const texts = this.report.texts(match);
    const pieces: (Node | string)[] = [name(files[matches.file[match]]), ` record ${count(matches.record[match])}`];
    if (texts && texts.runs.length > 0)
      pieces.push(` · characters ${count(leastStart(texts.runs))}–${count(mostEnd(texts.runs))}`);
    if (matches.offset[match] >= 0) pieces.push(` · byte ${count(matches.offset[match])}`);
    const id = matches.id[match];
    if (id !== 0) pieces.push(' · id ', name(id));
    const reason = reasons[matches.reason[match]];
    const turn = element(
      'span',
      { class: 'turn' },
      button('‹', { 'aria-label': 'Previous document', ...(match === first ? { disabled: true } : {}) }, () =>
        this.step(-1),
      ),
      ` ${count(match - first + 1)} of ${count(end - first)} `,
      button('›', { 'aria-label': 'Next document', ...(match === end - 1 ? { disabled: true } : {}) }, () =>
        this.step(1),
      ),
    );
    return element(
      'div',
      { class: 'place' },
      element('p', {}, ...pieces, ...(reason === '' ? [] : [element('span', { class: 'reason' }, ` · ${reason}`)])),
      turn,
    );
  }

  private documents(first: number, end: number): HTMLElement {
    const { matches, files, verdicts, parts } = this.report.data;
    const last = Math.min(end, first + this.listed);
    const lines: HTMLElement[] = [];
    for (let match = first; match < last; match++) {
      const { className, name: verdict } = verdictOf(verdicts[matches.verdict[match]]);
      const go = button(
        name(`${files[matches.file[match]]} record ${count(matches.record[match])}`),
        { 'aria-current': String(match === this.match) },
        () => {
          this.match = match;
          this.draw();
        },
      );
      const figure = `${parts[matches.part[match]]} ${coverageOf(matches.coverage[match]).text} · ${count(matches.evidence[match] / 10)} bits`;
      const dot = element('span', { class: 'dot', role: 'img', 'aria-label': verdict });
      lines.push(element('li', { class: className }, dot, go, element('span', { class: 'note' }, figure)));
    }
    const more = button(`${count(end - last)} more`, { class: 'more' }, () => {
      this.listed += PAGE * 4;
      this.draw();
    });
    return element(
      'section',
      { class: 'documents' },
      element('h4', {}, `${count(end - first)} documents`),
      element('ol', { class: 'plain' }, ...lines),
      ...(last < end ? [more] : []),
    );
  }
}

function leastStart(runs: readonly number[]): number {
  let least = Infinity;
  for (let i = 2; i < runs.length; i += 4) least = Math.min(least, runs[i]);
  return least;
}

function mostEnd(runs: readonly number[]): number {
  let most = 0;
  for (let i = 3; i < runs.length; i += 4) most = Math.max(most, runs[i]);
  return most;
}
