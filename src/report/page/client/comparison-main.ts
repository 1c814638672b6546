import { Browser } from './browser.js';
import { ComparisonReader } from './comparison-reader.js';
import { Pairs } from './pairs.js';

/** `#cluster=12`: the list shows the pairs of that cluster. */
function showCluster(browser: { search(text: string): void }, address: string): void {
  const cluster = /^#cluster=(\d+)$/.exec(address)?.[1];
  if (cluster === undefined) return;
  browser.search(`cluster:${cluster}`);
  document.getElementById('pairs')?.scrollIntoView();
}

const root = document.getElementById('browser');
if (root) {
  const pairs = new Pairs(new ComparisonReader());
  const browser = new Browser(root, pairs);
  pairs.onCluster = (cluster) => browser.search(`cluster:${cluster}`);
  addEventListener('hashchange', () => showCluster(browser, location.hash));
  showCluster(browser, location.hash);
}
