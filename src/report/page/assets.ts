import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The page's own script and style, and what its content-security-policy calls them. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  readonly scriptHash: string;
  readonly styleHash: string;
}

/** All were put beside this module by the build. */
export async function loadAssets(page: 'scan' | 'comparison' = 'scan'): Promise<PageAssets> {
  const [script, style] = await Promise.all(
    [page === 'scan' ? 'client.js' : 'comparison-client.js', 'page.css'].map((name) =>
      readFile(new URL(name, import.meta.url), 'utf8'),
    ),
  );
  return { script, style, scriptHash: hash(script), styleHash: hash(style) };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
