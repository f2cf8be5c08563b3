/** What the glass shows and offers, as `step: act act …`, as soon as it is what is waited for, or what it is instead when the time is over. */
export function comesToShow({ wanted, withinMs }: { wanted: string; withinMs: number }): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const shown = shownNow();
      if (shown !== wanted && performance.now() < until) return;
      clearInterval(timer);
      watch.disconnect();
      resolve(shown);
    };
    const until = performance.now() + withinMs;
    const watch = new MutationObserver(look);
    const timer = setInterval(look, withinMs);
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}

function shownNow(): string {
  const stage = document.querySelector('dialog[open]') ?? document;
  const acts = [...stage.querySelectorAll<HTMLElement>('[data-act]:enabled')].map((one) => one.dataset.act);
  const offered = [...new Set(acts)].filter((act) => act !== 'scroll').sort();
  return `${document.querySelector('main')?.dataset.step}: ${offered.join(' ')}`;
}
