/** What the cells of a form are called. */
import type { CellPath } from './form-content.ts';
import type { FormContract } from './form-contract.ts';

export function labelsOf({ sheet, block }: Pick<FormContract, 'sheet' | 'block'>): (path: CellPath) => string {
  return (path) => {
    const [part, ...rest] = path.split(' ');
    const spec = part === 'sheet' ? sheet[rest[0] ?? ''] : block?.cells[rest[1] ?? ''];
    return spec?.label ?? '';
  };
}
