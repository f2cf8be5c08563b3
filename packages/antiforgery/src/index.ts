export * from './format/geometry.ts';
export { cellType, type Layout, layout } from './format/layout.ts';
export type { Bilevel, Raster } from './raster.ts';
