/** One check: the pictures go to the site, its answer or refusal comes back. A site that is busy is asked again, a few times. */
import type { SiteAnswer, SiteRefusal } from '@machikado/protocol';
import type { Failure, SiteState } from './site-state.ts';

const TRIES = 4;
const PAUSE_MS = 5_000;
const OFFLINE: Failure = { code: 'OFFLINE' };

export async function askSite(
  { chosen: { back, second, front }, corners }: SiteState,
  signal: AbortSignal,
): Promise<SiteAnswer | Failure> {
  const form = new FormData();
  if (corners) form.append('corners', JSON.stringify(corners));
  // Both sides can be in one file that has pages.
  const pages = /pdf|tiff/.test(back?.file.type ?? '');
  if (back) form.append(pages && !front ? 'scan' : 'back', back.file, 'back');
  if (second) form.append('back', second.file, 'second');
  if (front) form.append('front', front.file, 'front');
  for (let tried = 1; ; tried++) {
    const answer = await post(form, signal);
    if (!('code' in answer) || answer.code !== 'BUSY' || tried === TRIES || signal.aborted) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function post(body: FormData, signal: AbortSignal): Promise<SiteAnswer | Failure> {
  try {
    const response = await fetch('/v1/verifications', { method: 'POST', body, signal });
    const answer: SiteAnswer | SiteRefusal = await response.json();
    return 'error' in answer ? answer.error : answer;
  } catch {
    return OFFLINE;
  }
}
