/** What every screen needs: the words of the chosen language, and how something is done. */
import { type Language, type SiteTexts, siteTexts } from '@machikado/ui';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { SiteEvent } from './site-state.ts';

export interface SiteContext {
  readonly language: Language;
  readonly texts: SiteTexts;
  readonly send: (event: SiteEvent) => void;
}

export const Site = createContext<SiteContext>({ language: 'ja', texts: siteTexts.ja, send: () => undefined });
export const useSite = (): SiteContext => useContext(Site);

/** The heading of a new screen takes the focus, so that a screen reader begins there. */
export function useHeading() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return { ref: heading, tabIndex: -1 };
}

/** Times on certificates are Japan’s. */
export function useTime(): (instant: string) => string {
  const { language } = useSite();
  return (instant) =>
    new Intl.DateTimeFormat(language, { timeZone: 'Asia/Tokyo', dateStyle: 'long', timeStyle: 'medium' }).format(
      new Date(instant),
    );
}

/** An address under which the browser shows or saves the bytes, as long as they are shown. */
export function useObjectUrl(make: () => Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  const once = useRef(make);
  useEffect(() => {
    const made = URL.createObjectURL(once.current());
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, []);
  return url;
}
