import { scriptJson } from '../escape.js';
import type { PageAssets } from './assets.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** What a page is made of; the frame around it is the same for all. */
export interface PageParts {
  readonly title: string;
  readonly generator: string;
  /** Sections, for the bar at the top: where a link goes, and its word. */
  readonly sections: readonly (readonly [id: string, word: string])[];
  /** Where the keyboard may skip to. */
  readonly skipTo: readonly [id: string, word: string];
  readonly main: Html;
  /** What the script reads, by the id of the block that holds it. */
  readonly data: Iterable<readonly [id: string, value: unknown]>;
}

/**
 * A page, piece by piece: one file that needs no other. Text that was read is in it in two ways: escaped by `html`, or as JSON
 * without a `<` in blocks that no browser runs. The policy in its head lets nothing run but our own script, told by its hash,
 * and nothing be loaded from anywhere.
 */
export function* framed(parts: PageParts, assets: PageAssets): Generator<string> {
  yield `<!doctype html>\n<html lang="en">\n${head(parts, assets).markup}`;
  yield `<style>${assets.style}</style>\n</head>\n`;
  yield body(parts).markup;
  for (const [id, value] of parts.data)
    yield `<script type="application/json" id="${id}">${scriptJson(value)}</script>\n`;
  yield `<script>${assets.script}</script>\n</body>\n</html>\n`;
}

function head({ title, generator }: PageParts, assets: PageAssets): Html {
  const policy =
    `default-src 'none'; script-src '${assets.scriptHash}'; style-src '${assets.styleHash}'; ` +
    `base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <meta name="generator" content="${generator}" />
    <title>
      ${title}
    </title>
`;
}

function body({ sections, skipTo: [id, word], main }: PageParts): Html {
  return html`<body>
    <a class="skip" href="#${id}">${word}</a>
    <header class="bar">
      <a class="mark" href="#overview">heldout</a>
      <nav aria-label="Sections">
        ${sections.map(([to, name]) => html`<a href="#${to}">${name}</a> `)}
      </nav>
    </header>
    <main>${main}</main>
`;
}
