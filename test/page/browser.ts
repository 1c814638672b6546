import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ScanResult } from '../../dist/model/result.js';
import type { CompareResult } from '../../dist/model/comparison.js';
import { writeComparison } from '../../dist/report/compare-writer.js';
import { writeReport } from '../../dist/report/writer.js';

const PATHS = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that these tests drive: an installed one, since none is downloaded for them. */
export const CHROMIUM = PATHS.find((path) => path !== '' && existsSync(path));
export const NO_CHROMIUM = 'no Chromium here: apt-get install chromium, or name one in CHROMIUM';

/** No network, and nothing asked of any: pages are opened from disk. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Reports written to a folder of their own, and opened in a real browser. */
export class PageBench {
  private readonly dir = mkdtempSync(join(tmpdir(), 'heldout-browser-'));
  private browser: Browser | undefined;
  /** What a page complained of, and what it asked for that is not itself. */
  readonly complaints: string[] = [];

  async open(result: ScanResult, options: BrowserContextOptions = {}): Promise<Page> {
    await writeReport(join(this.dir, 'report'), result, '0.1.0');
    return this.openFile(join(this.dir, 'report', 'index.html'), options);
  }

  async openComparison(result: CompareResult, options: BrowserContextOptions = {}): Promise<Page> {
    await writeComparison(join(this.dir, 'report'), result, '0.1.0');
    return this.openFile(join(this.dir, 'report', 'index.html'), options);
  }

  openFile(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    return this.openUrl(pathToFileURL(path).href, options);
  }

  async openUrl(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    this.browser ??= await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: FLAGS,
    });
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 860 }, ...options });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url.split('#')[0]) this.complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
