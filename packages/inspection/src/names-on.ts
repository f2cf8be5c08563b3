/** 氏名の読み戻し: the names as they really stand on the pages, for whoever knows which names should stand there. */
import type { Box } from './geometry.ts';
import type { PageLetters } from './page-reading.ts';
import { lettersOf, textIn } from './text.ts';

export interface NamePlace extends Box {
  readonly page: number;
}

/** In the order of the boxes, without spaces (compare with `lettersOf(name)`); '' where there is no such page or nothing stands there. */
export function namesOn({ pages }: { readonly pages: readonly PageLetters[] }, places: readonly NamePlace[]): string[] {
  return places.map((place) => {
    const page = pages[place.page - 1];
    return page ? lettersOf(textIn(page, place)) : '';
  });
}
