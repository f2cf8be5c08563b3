/** What every part of the page needs: the words of the chosen language, and which control is the next one. */
import { type StaffLanguage, type WorkbenchTexts, workbenchTexts } from '@machikado/ui';
import { createContext, useContext } from 'react';
import type { Control } from './next-control.ts';

export interface PageContext {
  readonly language: StaffLanguage;
  readonly texts: WorkbenchTexts;
  /** Undefined while the guide is closed. */
  readonly next: Control | undefined;
}

export const Page = createContext<PageContext>({ language: 'ja', texts: workbenchTexts.ja, next: undefined });
export const useTexts = (): WorkbenchTexts => useContext(Page).texts;

/** Marks the control that the guide speaks about. */
export function useNext(control: Control): { readonly 'data-next'?: true } {
  return useContext(Page).next === control ? { 'data-next': true } : {};
}
