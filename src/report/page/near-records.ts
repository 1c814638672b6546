import { count, counted } from '../numbers.js';
import { jaccardText, nearQuestion, nearRows } from '../near-text.js';
import type { Report } from '../report.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** Items listed; items.jsonl names every one. */
const ROWS = 500;

/** Items that an index's records are like, as they are listed on the page; nothing where the index keeps none. */
export function nearRecordsSection({ report, items }: Report): Html | '' {
  const summary = report.nearRecords;
  if (!summary) return '';
  const rows = nearRows(items);
  const left = rows.length - ROWS;
  return html`<section id="near-records" aria-labelledby="near-records-title">
    <h2 id="near-records-title">Near-duplicate records</h2>
    <p class="note">${nearQuestion(summary)}</p>
    ${
      rows.length === 0
        ? html`<p>None, of ${counted(summary.itemsCompared, 'item')}.</p>`
        : html`<div class="scroll" role="region" aria-label="Items with records like them" tabindex="0">
            <table class="files">
              <thead>
                <tr>
                  <th scope="col">item</th>
                  <th scope="col" class="n">Jaccard</th>
                  <th scope="col">of its</th>
                  <th scope="col">record</th>
                  <th scope="col" class="n">records</th>
                  <th scope="col">confirmed</th>
                </tr>
              </thead>
              <tbody>
                ${rows.slice(0, ROWS).map(({ item, near: { found, closest } }) => {
                  const [best] = closest;
                  return html`<tr>
                    <th scope="row"><bdi>${item.benchmark}</bdi> <bdi>${item.item}</bdi></th>
                    <td class="n rate">${jaccardText(best)}</td>
                    <td>${best.parts}</td>
                    <td><bdi class="path">${best.file}</bdi> record ${count(best.record)}</td>
                    <td class="n">${count(found)}</td>
                    <td>${best.confirmed ? 'yes' : html`no <span class="note">${best.reason ?? ''}</span>`}</td>
                  </tr> `;
                })}
              </tbody>
            </table>
          </div>`
    }
    ${left > 0 ? html`<p class="note">${counted(left, 'more item')} in items.jsonl.</p>` : ''}
  </section>`;
}
