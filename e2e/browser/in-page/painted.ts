/** How long a page takes until somebody sees it, by its own clock. Runs inside the page. */

/** From the address to the first words. */
export function firstPaintMs(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}

/** From the press to the frame that shows another screen. */
export function screenChangeMs(button: string): Promise<number> {
  const step = () => document.querySelector('main')?.dataset.step;
  return new Promise((resolve) => {
    const before = step();
    const watch = new MutationObserver(() => {
      if (step() === before || step() === 'busy') return;
      watch.disconnect();
      // A message comes right after the frame that was asked for.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pressed);
        port2.postMessage(null);
      });
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    const pressed = performance.now();
    document.querySelector<HTMLElement>(button)?.click();
  });
}
