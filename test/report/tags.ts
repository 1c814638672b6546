/** What a browser takes for elements: the text between tags, and what data blocks hold, left out. */
export function tagsOf(page: string): string[] {
  return (
    page
      .replace(/<script type="application\/json"[^>]*>[^<]*<\/script>/g, '')
      .replace(/<(script|style)>.*?<\/\1>/gs, '<$1></$1>')
      .match(/<[a-z!][^>]*>/gi) ?? []
  );
}
