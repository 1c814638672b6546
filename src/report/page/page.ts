import { scriptJson } from '../escape.js';
import { counted } from '../numbers.js';
import type { Report } from '../report.js';
import type { Changes } from '../changes.js';
import { accounts } from './accounts.js';
import { changesSection } from './changes.js';
import type { PageAssets } from './assets.js';
import { embeddedData } from './data.js';
import type { EmbeddedData } from './data.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { overview } from './overview.js';

export interface PageOptions {
  /** Most text embedded, in UTF-16 units. */
  readonly mostText?: number;
  /** What is other than in an earlier report. */
  readonly changes?: Changes;
}

/**
 * index.html, piece by piece: one file that needs no other, made from a report's JSON alone. Text that was read is in it in two
 * ways: escaped by `html`, or as JSON without a `<` in blocks that no browser runs. The policy in its head lets
 * nothing run but our own script, told by its hash, and nothing be loaded from anywhere.
 */
export function* pageText(report: Report, assets: PageAssets, given: PageOptions = {}): Generator<string> {
  const embedded = embeddedData(report, given.mostText);
  yield `<!doctype html>\n<html lang="en">\n${head(report, assets).markup}`;
  yield `<style>${assets.style}</style>\n</head>\n`;
  yield body(report, embedded, given.changes).markup;
  yield dataBlock('page-data', embedded.data);
  for (const [i, block] of embedded.itemTexts.entries()) yield dataBlock(`item-texts-${i}`, block);
  for (const [i, block] of embedded.texts.entries()) yield dataBlock(`texts-${i}`, block);
  yield `<script>${assets.script}</script>\n</body>\n</html>\n`;
}

function head({ report }: Report, assets: PageAssets): Html {
  const policy =
    `default-src 'none'; script-src '${assets.scriptHash}'; style-src '${assets.styleHash}'; ` +
    `base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  const names = report.benchmarks.map(({ name }) => name);
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <meta name="generator" content="heldout ${report.tool.version}" />
    <title>
      ${names.length === 1 ? names[0] : counted(names.length, 'benchmark')}: is it really held out? · heldout
    </title>
`;
}

function body(report: Report, embedded: EmbeddedData, changes: Changes | undefined): Html {
  return html`<body>
    <a class="skip" href="#items">Skip to the items</a>
    <header class="bar">
      <a class="mark" href="#overview">heldout</a>
      <nav aria-label="Sections">
        <a href="#overview">Overview</a>
        ${changes ? html`<a href="#changes">Changes</a>` : ''}
        <a href="#items">Items</a>
        <a href="#skipped">Skipped</a>
        <a href="#guarantee">Guarantee</a>
        <a href="#provenance">Provenance</a>
      </nav>
    </header>
    <main>${overview(report)} ${changes ? changesSection(changes) : ''} ${items(report, embedded)} ${accounts(report.report)}</main>
`;
}

/** The frame that the script fills. */
function items({ matches }: Report, { withoutText }: EmbeddedData): Html {
  return html`<section id="items" aria-labelledby="items-title">
    <div class="items-head">
      <h2 id="items-title">Items</h2>
      <p class="note keys">
        <kbd>/</kbd> filter · <kbd>↑</kbd> <kbd>↓</kbd> item · <kbd>←</kbd> <kbd>→</kbd> document · <kbd>Esc</kbd> back
      </p>
    </div>
    ${
      withoutText > 0
        ? html`<p class="warning" id="without-text">
            <b>Not every text is in this page.</b> It carries the texts of
            ${counted(matches.length - withoutText, 'match', 'matches')} of
            ${counted(matches.length, 'match', 'matches')}: of every item the worst first, up to 64 million characters.
            Every text is in matches.jsonl, and <code>heldout show</code> prints it.
          </p>`
        : ''
    }
    <noscript>
      <p class="warning">
        The list of items needs JavaScript; the figures above and below do not. <code>heldout show</code> prints the
        matches.
      </p>
    </noscript>
    <div id="browser"></div>
  </section>`;
}

function dataBlock(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${scriptJson(value)}</script>\n`;
}
