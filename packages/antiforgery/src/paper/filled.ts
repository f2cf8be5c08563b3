/** What lies inside polygons, pixel by pixel: a pixel belongs where its center lies (winding rule of letters: not zero). */
type Point = readonly [x: number, y: number];

/** 1 = inside. Parts beyond the edges are left out. */
export function filled(polygons: readonly (readonly Point[])[], width: number, height: number): Uint8Array {
  /** How the winding changes at each pixel’s center, from the left. */
  const changes = new Int8Array((width + 1) * height);
  for (const polygon of polygons) {
    polygon.forEach((to, i) => {
      markEdge(changes, polygon.at(i - 1) ?? to, to, width, height);
    });
  }
  const inside = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let winding = 0;
    for (let x = 0; x < width; x++) {
      winding += changes[y * (width + 1) + x] ?? 0;
      if (winding !== 0) inside[y * width + x] = 1;
    }
  }
  return inside;
}

function markEdge(changes: Int8Array, from: Point, to: Point, width: number, height: number): void {
  const [down, [topX, topY], [endX, endY]] = from[1] <= to[1] ? [1, from, to] : [-1, to, from];
  const first = Math.max(0, Math.ceil(topY - 0.5));
  const last = Math.min(height - 1, Math.ceil(endY - 0.5) - 1);
  for (let y = first; y <= last; y++) {
    const x = topX + ((y + 0.5 - topY) / (endY - topY)) * (endX - topX);
    const pixel = Math.min(width, Math.max(0, Math.ceil(x - 0.5)));
    changes[y * (width + 1) + pixel] = (changes[y * (width + 1) + pixel] ?? 0) + down;
  }
}
