import { count } from '../../numbers.js';
import { button, element } from './element.js';
import { verdictOf } from './figures.js';
import type { Query } from './query.js';
import type { ReportData } from './report-data.js';

/** Verdicts that are not worth a look unless asked for. */
const QUIET = new Set(['clean', 'unchecked']);

export type Filter = Pick<Query, 'text' | 'verdicts' | 'benchmark' | 'part'>;

/** What narrows the list: words, verdicts, benchmark, part. */
export class FilterBar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** How many items are shown. */
  readonly said: HTMLElement;
  private readonly verdicts: Set<number>;
  private readonly benchmark: HTMLSelectElement;
  private readonly part: HTMLSelectElement;

  constructor(report: ReportData, changed: () => void) {
    const { verdicts, items, benchmarks, parts } = report.data;
    const counts = verdicts.map((_, at) => items.verdict.filter((verdict) => verdict === at).length);
    const loud = verdicts.map((_, at) => at).filter((at) => !QUIET.has(verdicts[at]));
    this.verdicts = new Set(loud.length > 0 ? loud : verdicts.map((_, at) => at));
    this.search = element('input', {
      type: 'search',
      placeholder: 'Filter by id, text, file',
      'aria-label': 'Filter items',
      spellcheck: 'false',
      autocomplete: 'off',
    });
    this.search.addEventListener('input', changed);
    this.benchmark = select('Benchmark', 'all benchmarks', benchmarks, changed);
    this.part = select('Part', 'all parts', parts, changed);
    this.said = element('p', { class: 'said note', role: 'status' });
    const chips = [...verdicts.keys()]
      .sort((a, b) => rank(verdicts[a]) - rank(verdicts[b]))
      .map((at) => this.chip(at, verdicts[at], counts[at], changed));
    this.root = element(
      'div',
      { class: 'filters', role: 'search' },
      this.search,
      element('div', { class: 'chips', role: 'group', 'aria-label': 'Verdicts' }, ...chips),
      ...(benchmarks.length > 1 ? [this.benchmark] : []),
      ...(parts.length > 1 ? [this.part] : []),
    );
  }

  get filter(): Filter {
    return {
      text: this.search.value.trim(),
      verdicts: this.verdicts,
      benchmark: Number(this.benchmark.value),
      part: Number(this.part.value),
    };
  }

  /** How many are shown. */
  say(shownItems: number, all: number): void {
    this.said.textContent = shownItems === all ? `all ${count(all)}` : `${count(shownItems)} of ${count(all)}`;
  }

  private chip(at: number, verdict: string, n: number, changed: () => void): HTMLButtonElement {
    const { className } = verdictOf(verdict);
    const chip = button(
      element('span', { class: 'dot', 'aria-hidden': 'true' }),
      { class: `chip ${className}`, 'aria-pressed': String(this.verdicts.has(at)) },
      () => {
        if (!this.verdicts.delete(at)) this.verdicts.add(at);
        chip.setAttribute('aria-pressed', String(this.verdicts.has(at)));
        changed();
      },
    );
    chip.append(verdict, ' ', element('span', { class: 'note' }, count(n)));
    return chip;
  }
}

const ORDER = ['contaminated', 'suspect', 'unconfirmed', 'clean', 'unchecked'];

function rank(verdict: string): number {
  return ORDER.includes(verdict) ? ORDER.indexOf(verdict) : ORDER.length;
}

function select(label: string, all: string, names: readonly string[], changed: () => void): HTMLSelectElement {
  const options = [...names.keys()]
    .sort((a, b) => (names[a] < names[b] ? -1 : 1))
    .map((at) => element('option', { value: at }, names[at]));
  const made = element('select', { 'aria-label': label }, element('option', { value: -1 }, all), ...options);
  made.addEventListener('change', changed);
  return made;
}
