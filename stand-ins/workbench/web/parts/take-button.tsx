/** A button that goes away with what it takes: the focus stays in its panel instead of being lost. */
import type { ReactNode } from 'react';
import type { Deed } from '../../src/deeds.ts';
import { perform } from '../use-bench.ts';

interface Props {
  readonly deed: Deed;
  readonly children: ReactNode;
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly 'data-next'?: true;
}

export function TakeButton({ deed, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      onClick={({ currentTarget }) => {
        currentTarget.closest<HTMLElement>('section')?.focus({ preventScroll: true });
        perform(deed);
      }}
    />
  );
}
