/** How a stretch of text looks, by what it means; `plain` prints none of it. */
export type Tone = 'contaminated' | 'suspect' | 'clean' | 'faint' | 'strong' | 'shared';

const SGR: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  contaminated: ['\u001b[1;31m', '\u001b[22;39m'],
  suspect: ['\u001b[33m', '\u001b[39m'],
  clean: ['\u001b[32m', '\u001b[39m'],
  faint: ['\u001b[2m', '\u001b[22m'],
  strong: ['\u001b[1m', '\u001b[22m'],
  // Underlined as well, for whoever does not see the colour.
  shared: ['\u001b[4;31m', '\u001b[24;39m'],
};

export interface Style {
  readonly colour: boolean;
  paint(tone: Tone, text: string): string;
}

export function style(colour: boolean): Style {
  return {
    colour,
    paint: (tone, text) => (colour && text !== '' ? SGR[tone][0] + text + SGR[tone][1] : text),
  };
}
