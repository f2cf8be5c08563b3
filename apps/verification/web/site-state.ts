/** 画面遷移: which screen is shown, and what the visitor has chosen so far. Nothing of it outlasts the page. */
import type { SiteAnswer, SiteErrorCode, SiteRefusal } from '@machikado/protocol';

export type Side = 'back' | 'second' | 'front';

export interface Chosen {
  readonly file: Blob;
  /** undefined: taken by the camera. */
  readonly name?: string;
  /** Where the browser can show it. */
  readonly url?: string;
}

export type Corners = readonly (readonly [number, number])[];

export interface Failure {
  /** OFFLINE: nothing came back at all. */
  readonly code: SiteErrorCode | 'OFFLINE';
  readonly cornersFound?: number;
}

export interface SiteState {
  readonly screen: 'start' | 'camera' | 'progress' | 'result' | 'failed' | 'tapping';
  readonly side: Side;
  readonly chosen: { readonly [S in Side]?: Chosen };
  readonly corners?: Corners;
  readonly wantsSecond: boolean;
  readonly answer?: SiteAnswer;
  readonly failure?: Failure;
}

export type SiteEvent =
  | { readonly type: 'chosen'; readonly side: Side; readonly picture: Chosen }
  | { readonly type: 'removed'; readonly side: Side }
  | { readonly type: 'camera'; readonly side: Side }
  | { readonly type: 'check'; readonly corners?: Corners }
  | { readonly type: 'answered'; readonly answer: SiteAnswer }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'tap' | 'second' | 'change' | 'again' };

const start: SiteState = { screen: 'start', side: 'back', chosen: {}, wantsSecond: false };

export function startingWith(found: SiteAnswer | SiteRefusal | undefined): SiteState {
  if (!found) return start;
  if ('error' in found) return { ...start, screen: 'failed', failure: found.error };
  return { ...start, screen: 'result', answer: found };
}

export function nextState(state: SiteState, event: SiteEvent): SiteState {
  switch (event.type) {
    case 'chosen': {
      const { corners: _, ...kept } = state;
      // Corners were those of another picture.
      const others = event.side === 'back' ? kept : state;
      return { ...others, screen: 'start', chosen: { ...state.chosen, [event.side]: event.picture } };
    }
    case 'removed': {
      const { [event.side]: _, ...chosen } = state.chosen;
      return { ...state, chosen };
    }
    case 'camera':
      return { ...state, screen: 'camera', side: event.side };
    case 'check':
      return { ...state, screen: 'progress', ...(event.corners && { corners: event.corners }) };
    case 'answered':
      return { ...state, screen: 'result', answer: event.answer };
    case 'failed':
      return { ...state, screen: 'failed', failure: event.failure };
    case 'tap':
      return { ...state, screen: 'tapping' };
    case 'second':
      return { ...state, screen: 'start', wantsSecond: true };
    case 'change':
      return { ...state, screen: 'start' };
    case 'again':
      return start;
  }
}
