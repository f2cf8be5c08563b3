/** A choice about this page (its language, whether the guide is open) that the browser keeps. */
import { useState } from 'react';

export function useKept<T extends string>(
  key: string,
  initial: T,
  fits: (text: string | null) => boolean,
): [T, (value: T) => void] {
  const name = `workbench-${key}`;
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(name);
    return fits(kept) ? (kept as T) : initial;
  });
  const keep = (next: T) => {
    localStorage.setItem(name, next);
    setValue(next);
  };
  return [value, keep];
}
