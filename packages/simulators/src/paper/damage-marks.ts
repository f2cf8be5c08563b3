/** The single marks of damage. Sizes were measured on pages of 600 dpi and grow with the page. */
import type { Raster } from '@machikado/antiforgery';
import type { Chance } from './chance.ts';

export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const A4_WIDTH_PX = 4961;

/** A stain lets light through; some have a dark rim. */
export function stain({ width, height, data }: Raster, box: PageBox, area: number, chance: Chance): void {
  const radius = Math.sqrt(area / Math.PI);
  const cx = box.x + chance.unit() * box.width;
  const cy = box.y + chance.unit() * box.height;
  const lets = chance.between(0.45, 0.7);
  const rim = chance.unit() < 0.5;
  const oval = chance.between(0.8, 1.25);
  const reach = radius * 1.4;
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(height, cy + reach); y += 1) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(width, cx + reach); x += 1) {
      const wobble = 0.04 * Math.sin(5 * Math.atan2(y - cy, x - cx));
      const distance = Math.hypot((x - cx) * oval, (y - cy) / oval) / radius + wobble;
      if (distance >= 1) continue;
      let factor = rim && distance > 0.85 ? lets * 0.6 : lets;
      if (distance > 0.95) factor += (1 - factor) * (distance - 0.95) * 20;
      data[y * width + x] = (data[y * width + x] as number) * factor;
    }
  }
}

/** A ball-pen or a marker wanders over the page. */
export function stroke({ width, height, data }: Raster, box: PageBox, chance: Chance): void {
  const unit = width / A4_WIDTH_PX;
  let x = box.x + chance.unit() * box.width;
  let y = box.y + chance.unit() * box.height;
  let direction = chance.unit() * 2 * Math.PI;
  const radius = chance.between(6, 14) * unit;
  const steps = chance.between(800, 2500) / 2;
  const tone = chance.between(20, 70);
  for (let step = 0; step < steps; step += 1) {
    direction += chance.normal() * 0.02;
    x += Math.cos(direction) * 2 * unit;
    y += Math.sin(direction) * 2 * unit;
    for (let dy = Math.ceil(-radius); dy <= radius; dy += 1) {
      for (let dx = Math.ceil(-radius); dx <= radius; dx += 1) {
        if (dx * dx + dy * dy > radius * radius) continue;
        const px = Math.floor(x + dx);
        const py = Math.floor(y + dy);
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        const at = py * width + px;
        if ((data[at] as number) > tone) data[at] = tone;
      }
    }
  }
}

/** A fold across the page, at this share of its height: toner cracks on the line, and the paper is lit from one side. */
export function fold({ width, height, data }: Raster, share: number, chance: Chance): void {
  const unit = width / A4_WIDTH_PX;
  const middle = share * height + chance.between(-60, 60) * unit;
  const slope = chance.between(-0.01, 0.01);
  const reach = Math.round(60 * unit);
  for (let x = 0; x < width; x += 1) {
    for (let away = -reach; away <= reach; away += 1) {
      const y = Math.floor(middle + slope * x + away);
      if (y < 0 || y >= height) continue;
      const at = y * width + x;
      const value = data[at] as number;
      const distance = Math.abs(away) / unit;
      const lit = 1 - 0.1 * Math.exp(-distance / 20) * (away > 0 ? 1 : -0.3);
      data[at] = Math.min(255, distance < 5 ? value + (225 - value) * 0.45 : value * lit);
    }
  }
}

/** A white note of the matrix’s own shape somewhere on it. */
export function hide(page: Raster, box: PageBox, share: number, chance: Chance): void {
  const side = Math.sqrt(Math.min(1, share));
  const width = box.width * side;
  const height = box.height * side;
  const x = box.x + chance.unit() * (box.width - width);
  const y = box.y + chance.unit() * (box.height - height);
  paint(page, { x, y, width, height }, 230);
}

export function blacken(page: Raster, box: PageBox): void {
  paint(page, box, 40);
}

function paint({ width, data }: Raster, box: PageBox, tone: number): void {
  for (let y = Math.round(box.y); y < Math.round(box.y + box.height); y += 1) {
    data.fill(tone, y * width + Math.round(box.x), y * width + Math.round(box.x + box.width));
  }
}
