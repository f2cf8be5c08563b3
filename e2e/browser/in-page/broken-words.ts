/** Words that stand on two lines, each as `begin|rest`. Runs inside the page. */
export function brokenWords(): string[] {
  // A hyphen from a dictionary breaks no word, but not each browser has the dictionary.
  document.body.style.hyphens = 'manual';
  const broken: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!node.parentElement?.checkVisibility() || node.parentElement.closest('select, script')) continue;
    // A hyphen and a slash are places to break at; a number of sixteen letters fits nowhere.
    for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
      if (/\p{N}|\p{Script=Han}/u.test(word)) continue;
      const top = (at: number) => {
        const range = document.createRange();
        range.setStart(node, index + at);
        range.setEnd(node, index + at + 1);
        return range.getBoundingClientRect().top;
      };
      const at = [...word].findIndex((_, i) => i > 0 && Math.abs(top(i) - top(i - 1)) > 4);
      if (at > 0) broken.push(`${word.slice(0, at)}|${word.slice(at)}`);
    }
  }
  return [...new Set(broken)];
}
