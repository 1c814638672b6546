import type { IndexComparisonJson } from '../index-comparison-json.js';
import { containmentText } from '../compare-words.js';
import { count, counted, percent } from '../numbers.js';
import type { PageAssets } from './assets.js';
import { cautions } from './cautions.js';
import { framed } from './frame.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { axisEnd, interval, intervalAxis } from './interval.js';

/** index.html of indexes compared: how much of each one's wording is in each other. There are no records to list. */
export function indexComparisonPage(report: IndexComparisonJson, assets: PageAssets): Generator<string> {
  return framed(
    {
      title: `${report.sets.map(({ name }) => name).join(', ')}: what they share · heldout`,
      generator: `heldout ${report.tool.version}`,
      sections: [
        ['overview', 'Overview'],
        ['indexes', 'Indexes'],
        ['limits', 'Limits'],
      ],
      skipTo: ['overview', 'Skip to the figures'],
      main: html`${overview(report)} ${indexes(report)} ${limits(report)}`,
      data: [],
    },
    assets,
  );
}

function overview({ overlaps, sets, tool }: IndexComparisonJson): Html {
  const [most] = [...overlaps].sort((a, b) => b.containment.value - a.containment.value);
  const end = axisEnd(overlaps.map(({ containment }) => containment.high));
  const sum = (of: 'skipped' | 'unread'): number => sets.reduce((n, set) => n + set[of], 0);
  return html`<section id="overview" aria-labelledby="overview-title">
    <h1 id="overview-title">
      <b>${percent(most.containment.value)}%</b> of the wording of <bdi>${most.of}</bdi> is in <bdi>${most.in}</bdi>
    </h1>
    <p class="lede">${counted(sets.length, 'index', 'indexes')} · heldout ${tool.version}</p>
    ${cautions({ redaction: undefined, partial: false, skippedRecords: sum('skipped'), unreadableFiles: sum('unread') })}
    <h2>Across indexes</h2>
    <div class="scroll" role="region" aria-label="Wording shared" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">wording of</th>
            <th scope="col">that is in</th>
            <th scope="col">share ± standard error</th>
            <th scope="col">95% interval</th>
            <th scope="col" class="plot">${intervalAxis(end)}</th>
            <th scope="col" class="n">grams looked at</th>
          </tr>
        </thead>
        <tbody>
          ${overlaps.map(
            ({ of, in: other, containment }) =>
              html`<tr>
                <th scope="row"><bdi>${of}</bdi></th>
                <td><bdi>${other}</bdi></td>
                <td class="rate">${containmentText(containment)}</td>
                <td class="rate">${percent(containment.low)}–${percent(containment.high)}%</td>
                <td class="plot">${interval(containment, end)}</td>
                <td class="n">${count(containment.sampled)}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function indexes({ sets }: IndexComparisonJson): Html {
  return html`<section id="indexes" aria-labelledby="indexes-title">
    <h2 id="indexes-title">Indexes</h2>
    <div class="scroll" role="region" aria-label="Indexes compared" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">index</th>
            <th scope="col">folder</th>
            <th scope="col" class="n">records</th>
            <th scope="col" class="n">distinct grams</th>
            <th scope="col" class="n">bits a key</th>
            <th scope="col" class="n">skipped</th>
            <th scope="col" class="n">files not read</th>
            <th scope="col">id</th>
          </tr>
        </thead>
        <tbody>
          ${sets.map(
            ({ name, folder, records, grams, keyBits, skipped, unread, id }) =>
              html`<tr>
                <th scope="row"><bdi>${name}</bdi></th>
                <td><bdi class="path">${folder}</bdi></td>
                <td class="n">${count(records)}</td>
                <td class="n">${count(grams)}</td>
                <td class="n">${count(keyBits)}</td>
                <td class="n">${count(skipped)}</td>
                <td class="n">${count(unread)}</td>
                <td><code>${id}</code></td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function limits({ question }: IndexComparisonJson): Html {
  return html`<section id="limits" aria-labelledby="limits-title">
    <h2 id="limits-title">What this result says, and what it does not</h2>
    <p>${question.asked}</p>
    <ul class="limits">
      ${question.limits.map((limit) => html`<li>${limit}</li> `)}
    </ul>
  </section>`;
}
