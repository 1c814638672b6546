import { count } from '../../numbers.js';
import { button, element } from './element.js';

/** A kind of entries that a button shows and hides. */
export interface Chip {
  readonly at: number;
  readonly name: string;
  readonly className: string;
  readonly count: number;
  readonly isOn: boolean;
}

/** A list of names to choose one of. */
export interface Choice {
  readonly label: string;
  readonly all: string;
  readonly names: readonly string[];
}

export interface Filters {
  /** What the words are looked for in. */
  readonly placeholder: string;
  readonly label: string;
  readonly chipsLabel: string;
  readonly chips: readonly Chip[];
  readonly choices: readonly Choice[];
}

/** What narrows a list: words, kinds, names. */
export class FilterBar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** How many entries are shown. */
  readonly said: HTMLElement;
  private readonly on: Set<number>;
  private readonly selects: readonly HTMLSelectElement[];

  constructor({ placeholder, label, chipsLabel, chips, choices }: Filters, changed: () => void) {
    this.on = new Set(chips.filter(({ isOn }) => isOn).map(({ at }) => at));
    this.search = element('input', {
      type: 'search',
      placeholder,
      'aria-label': label,
      spellcheck: 'false',
      autocomplete: 'off',
    });
    this.search.addEventListener('input', changed);
    this.selects = choices.map((choice) => select(choice, changed));
    this.said = element('p', { class: 'said note', role: 'status' });
    this.root = element(
      'div',
      { class: 'filters', role: 'search' },
      this.search,
      element(
        'div',
        { class: 'chips', role: 'group', 'aria-label': chipsLabel },
        ...chips.map((chip) => this.chip(chip, changed)),
      ),
      ...this.selects.filter((_, i) => choices[i].names.length > 1),
    );
  }

  get text(): string {
    return this.search.value.trim();
  }

  /** Chips that are on, by their places. */
  get shown(): ReadonlySet<number> {
    return this.on;
  }

  /** Place of the name chosen in this list; −1 for all. */
  chosen(list: number): number {
    return Number(this.selects[list].value);
  }

  /** How many are shown. */
  say(shownEntries: number, all: number): void {
    this.said.textContent = shownEntries === all ? `all ${count(all)}` : `${count(shownEntries)} of ${count(all)}`;
  }

  private chip({ at, name, className, count: n }: Chip, changed: () => void): HTMLButtonElement {
    const chip = button(
      element('span', { class: 'dot', 'aria-hidden': 'true' }),
      { class: `chip ${className}`, 'aria-pressed': String(this.on.has(at)) },
      () => {
        if (!this.on.delete(at)) this.on.add(at);
        chip.setAttribute('aria-pressed', String(this.on.has(at)));
        changed();
      },
    );
    chip.append(name, ' ', element('span', { class: 'note' }, count(n)));
    return chip;
  }
}

function select({ label, all, names }: Choice, changed: () => void): HTMLSelectElement {
  const options = [...names.keys()]
    .sort((a, b) => (names[a] < names[b] ? -1 : 1))
    .map((at) => element('option', { value: at }, names[at]));
  const made = element('select', { 'aria-label': label }, element('option', { value: -1 }, all), ...options);
  made.addEventListener('change', changed);
  return made;
}
