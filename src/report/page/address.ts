/** The part of a page's address behind `#` that means one item: `item=benchmark/id`. */
export function itemAddress(benchmark: string, item: string): string {
  return `item=${[benchmark, item].map(encoded).join('/')}`;
}

/** What such an address means, where it is one. */
export function itemOfAddress(address: string): readonly [benchmark: string, item: string] | undefined {
  const named = /^item=([^/]*)\/(.*)$/.exec(address);
  return named ? [decoded(named[1]), decoded(named[2])] : undefined;
}

/** A half of a surrogate pair, which a corpus may well hold, has no form in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
