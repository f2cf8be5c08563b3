/** What a sighted person would trip over, measured from the boxes that the browser laid out. Runs inside the page. */

export interface Measures {
  readonly scrolls: boolean;
  readonly targetPx: number;
}

export function layoutFaults({ scrolls, targetPx }: Measures): string[] {
  const faults: string[] = [];
  const root = document.documentElement;
  const glass = { left: 0, top: 0, right: root.clientWidth, bottom: root.clientHeight };
  type Box = typeof glass;

  const name = (element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 24);
    const act = element.getAttribute('data-act');
    return `<${element.localName}${act ? ` ${act}` : ''}> “${words}”`;
  };
  const show = ({ left, top, right, bottom }: Box) =>
    `${[left, top, right, bottom].map((n) => Math.round(n)).join(' ')}`;
  const isSeen = (element: Element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && element.closest('[inert]') === null;
  /** For ears only: a box of one pixel. */
  const isForEars = (element: Element) => {
    for (let one: Element | null = element; one; one = one.parentElement) {
      const { width, height } = one.getBoundingClientRect();
      if (width <= 1 && height <= 1) return true;
    }
    return false;
  };
  const scrollers = (element: Element) => {
    for (let one = element.parentElement; one && one !== root; one = one.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one;
    }
    return null;
  };
  const dialog = [...document.querySelectorAll('dialog[open], [role="dialog"], [role="alertdialog"]')]
    .filter(isSeen)
    .at(-1);
  const stage = dialog ?? document.body;
  const elements = [...stage.querySelectorAll('*')].filter((one) => isSeen(one) && !isForEars(one));

  if (root.scrollWidth > root.clientWidth)
    faults.push(`the page is ${root.scrollWidth} wide on a glass of ${root.clientWidth}`);
  if (!scrolls && root.scrollHeight > root.clientHeight)
    faults.push(`the page is ${root.scrollHeight} high on a glass of ${root.clientHeight}`);

  // ---- Letters: inside the glass, inside every box around them, and not upon each other.
  const rectsOf = (node: Node) => {
    // Word by word: a space may hang out of its line.
    const words = [...(node.textContent ?? '').matchAll(/\S+/g)];
    return words.flatMap(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return [...range.getClientRects()];
    });
  };
  const lines: { element: Element; box: Box; size: number }[] = [];
  for (const element of elements) {
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      for (const { left, right, top, bottom } of rectsOf(node)) {
        if (right - left < 1) continue;
        // A line’s box is as high as its font likes; its letters stand in the middle of it.
        const middle = (top + bottom) / 2;
        lines.push({ element, size, box: { left, right, top: middle - size / 2, bottom: middle + size / 2 } });
      }
    }
  }
  const slack = 2;
  const sticksOut = (inner: Box, outer: Box, ways: { x: boolean; y: boolean }) =>
    (ways.x && (inner.left < outer.left - slack || inner.right > outer.right + slack)) ||
    (ways.y && (inner.top < outer.top - slack || inner.bottom > outer.bottom + slack));
  for (const { element, box } of lines) {
    const scroller = scrollers(element);
    if (sticksOut(box, glass, { x: true, y: !scrolls && scroller === null }))
      faults.push(`${name(element)} lies outside the glass: ${show(box)}`);
    for (let one: Element | null = element; one && one !== stage && one !== scroller; one = one.parentElement) {
      const { display, overflowX } = getComputedStyle(one);
      // Furigana stands above its line by intent.
      if (/inline$|contents|ruby/.test(display) || /auto|scroll/.test(overflowX)) continue;
      if (sticksOut(box, one.getBoundingClientRect(), { x: true, y: element.localName !== 'rt' })) {
        faults.push(
          `${name(element)} sticks out of ${name(one)}: ${show(box)} of ${show(one.getBoundingClientRect())}`,
        );
        break;
      }
    }
  }
  const overlap = (a: Box, b: Box) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;
  for (const [i, a] of lines.entries())
    for (const b of lines.slice(i + 1))
      if (a.element !== b.element && scrollers(a.element) === scrollers(b.element) && overlap(a.box, b.box))
        faults.push(`${name(a.element)} and ${name(b.element)} lie upon each other: ${show(a.box)}, ${show(b.box)}`);

  // ---- Cut off inside their own box.
  for (const element of elements) {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    if (display === 'inline' || element.localName === 'svg' || element.closest('svg')) continue;
    const hides = (way: string) => /hidden|clip/.test(way);
    if (hides(overflowX) && element.scrollWidth > element.clientWidth + slack)
      faults.push(`${name(element)} is cut off sideways`);
    if (hides(overflowY) && element.scrollHeight > element.clientHeight + slack)
      faults.push(`${name(element)} is cut off below`);
  }

  // ---- What a finger touches.
  const touched = elements.filter((one) =>
    one.matches('button, a[href], input, select, summary, [role="button"], [tabindex]:not([tabindex="-1"])'),
  );
  const targets = touched.map((element) => ({
    element,
    box: element.getBoundingClientRect(),
    scroller: scrollers(element),
  }));
  for (const { element, box, scroller } of targets) {
    const isRegion =
      element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY);
    if (isRegion) continue;
    if (box.width < targetPx || box.height < targetPx)
      faults.push(`${name(element)} is ${Math.round(box.width)}×${Math.round(box.height)}, too small for a finger`);
    if (sticksOut(box, glass, { x: true, y: !scrolls && scroller === null }))
      faults.push(`${name(element)} lies outside the glass: ${show(box)}`);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const top = x > 0 && y > 0 && x < glass.right && y < glass.bottom ? document.elementFromPoint(x, y) : null;
    const isDisabled = element.matches(':disabled');
    if (top && !isDisabled && scroller === null && top !== element && !element.contains(top) && !top.contains(element))
      faults.push(`${name(element)} is covered by ${name(top)}`);
  }
  for (const [i, a] of targets.entries())
    for (const b of targets.slice(i + 1))
      if (
        !a.element.contains(b.element) &&
        !b.element.contains(a.element) &&
        a.scroller === b.scroller &&
        overlap(a.box, b.box)
      )
        faults.push(`${name(a.element)} and ${name(b.element)} lie upon each other: ${show(a.box)}, ${show(b.box)}`);
  return [...new Set(faults)];
}
