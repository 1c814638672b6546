import type { Changes, ItemChange } from '../changes.js';
import { rateText } from '../benchmark-table.js';
import { count, counted, percent } from '../numbers.js';
import { itemAddress } from './address.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { verdictClass } from './verdict-words.js';

/** Items of each kind in the page. */
const NAMED = 500;

/** What is other than in an earlier report. */
export function changesSection({ conditions, benchmarks, worse, better, other, same }: Changes): Html {
  return html`<section id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">Changes since the earlier report</h2>
      <p>
        <b>${counted(worse.length, 'item')}</b> worse, ${count(better.length)} better, ${count(other.length)} otherwise
        changed, ${count(same)} the same.
      </p>
      ${conditions.length === 0 ? html`<p class="note">Same version, settings and inputs.</p>` : conditionList(conditions)}
      <div class="scroll" role="region" aria-label="Rates before and now" tabindex="0">
        <table>
          <thead>
            <tr><th scope="col">benchmark</th><th scope="col">contaminated before</th><th scope="col">now</th></tr>
          </thead>
          <tbody>
            ${benchmarks.map(
              ({ name, before, after }) =>
                html`<tr><th scope="row"><bdi>${name}</bdi></th><td>${figures(before)}</td><td>${figures(after)}</td></tr> `,
            )}
          </tbody>
        </table>
      </div>
      ${items('Worse', worse)} ${items('Better', better)} ${items('Otherwise changed', other)}
    </section>`;
}

function conditionList(conditions: readonly string[]): Html {
  return html`<details>
      <summary>Compared otherwise than before: ${counted(conditions.length, 'difference')}</summary>
      <ul class="plain">${conditions.map((line) => html`<li class="path">${line}</li>`)}</ul>
    </details>`;
}

function figures(of: Changes['benchmarks'][number]['before']): string {
  return of ? `${count(of.contaminated)} of ${count(of.checked)}, ${rateText(of.contaminated, of.checked)}` : '–';
}

function items(title: string, changed: readonly ItemChange[]): Html {
  if (changed.length === 0) return html``;
  const more = changed.length - NAMED;
  return html`<h3>${title}</h3>
      <ul class="plain changed">
        ${changed.slice(0, NAMED).map(
          ({ benchmark, item, before, after }) => html`<li>
            ${after ? html`<a class="path" href="#${itemAddress(benchmark, item)}"><bdi>${item}</bdi></a>` : html`<bdi class="path">${item}</bdi>`}
            in <bdi>${benchmark}</bdi>: ${verdict(before?.verdict)} → ${verdict(after?.verdict)}
            ${after?.part === undefined ? '' : html`<span class="note">${after.part} ${percent(after.coverage)}%</span>`}
          </li> `,
        )}
      </ul>
      ${more > 0 ? html`<p class="note">and ${count(more)} more.</p>` : ''}`;
}

function verdict(name: string | undefined): Html {
  return name === undefined
    ? html`not there`
    : html`<span class="verdict ${verdictClass(name)}"><span class="dot" aria-hidden="true"></span>${name}</span>`;
}
