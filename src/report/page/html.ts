import { htmlText } from '../escape.js';

/** Markup that is known to be markup. Only `html` makes it, so whatever is not one of these is text, and is escaped. */
export class Html {
  readonly markup: string;

  private constructor(markup: string) {
    this.markup = markup;
  }

  /** Literal parts of the template are ours; every value is escaped, unless it is `Html` itself, or a list of it. */
  static of(literals: TemplateStringsArray, values: readonly Value[]): Html {
    let markup = literals[0];
    values.forEach((value, i) => (markup += markupOf(value) + literals[i + 1]));
    return new Html(markup);
  }
}

export type Value = string | number | undefined | Html | readonly Value[];

function markupOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number') return htmlText(String(value));
  return value.map(markupOf).join('');
}

export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  return Html.of(literals, values);
}
