import type { GateReport, WaiverReport } from '../../model/gate-report.js';
import { counted } from '../numbers.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** What the policy said, a line for each condition that is not met; the waivers and the baseline that let items pass. */
export function policySection(gate: GateReport): Html {
  const { state, lines, waivers, baseline } = gate;
  const tone = state === 'passed' ? 'clean' : state === 'failed' ? 'contaminated' : 'suspect';
  return html`<section id="policy" aria-labelledby="policy-title">
    <h2 id="policy-title">Policy: <span class="v-${tone}">${state}</span></h2>
    <ul class="plain">
      ${lines.map(({ word, text }) => html`<li><b>${word}</b> ${text}</li> `)}
    </ul>
    ${
      baseline
        ? html`<p>
              Held against the baseline <span class="path"><bdi>${baseline.path}</bdi></span>: items that it had
              (${counted(baseline.items, 'item')}) are no news; ${counted(gate.known, 'item')} passed for that.
            </p>
            ${baseline.notes.map((note) => html`<p class="warning">${note}</p>`)}`
        : ''
    }
    ${waivers.length === 0 ? '' : waiverTable(waivers)}
  </section>`;
}

/** The script marks those whose last day has passed: what day it is the report does not know. */
function waiverTable(waivers: readonly WaiverReport[]): Html {
  return html`<div class="scroll" role="region" aria-label="Waivers" tabindex="0">
    <table class="waivers">
      <thead>
        <tr>
          <th scope="col">waived item</th>
          <th scope="col">reason</th>
          <th scope="col">last day</th>
          <th scope="col">use</th>
        </tr>
      </thead>
      <tbody>
        ${waivers.map(
          ({ benchmark, item, reason, expires, use }) =>
            html`<tr>
              <th scope="row"><bdi>${benchmark}</bdi> <bdi>${item}</bdi></th>
              <td>${reason}</td>
              <td><time datetime="${expires}" data-expires="${expires}">${expires}</time></td>
              <td>${use}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
