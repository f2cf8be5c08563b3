/**
 * 問い合わせサイト: how long an upload takes from the file to the answer, in a process of its own as on the site, for photos of 12 megapixels and for
 * pictures that are no back; then many uploads at once to a whole site, with the memory that all of its processes take together.
 *
 *   node --import tsx bench/verification-speed.ts [sheets] [rounds] [uploads at once]
 */
import { fork } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { median, quantile } from './quantile.ts';
import { photosAndHopeless, type SentPicture } from './verification/pictures.ts';
import { startSite } from './verification/site.ts';
import type { WorkedUpload } from './verification/upload-process.ts';

const [sheets = 5, rounds = 3, uploads = 50] = process.argv.slice(2).map(Number);
const AGAIN_MS = 250;
const { photos, hopeless } = await photosAndHopeless(sheets);

console.log('one upload | answers | clock: median, longest | of a core: median, longest');
await measure('a photo of 12 megapixels', photos);
for (const picture of hopeless) await measure(picture.name, [picture]);
await sendAtOnce();

async function measure(name: string, pictures: readonly SentPicture[]): Promise<void> {
  const worked: WorkedUpload[] = [];
  for (let round = 0; round < rounds; round += 1) for (const { bytes } of pictures) worked.push(await work(bytes));
  const answers = [...new Set(worked.map(({ answer }) => answer))].join(', ');
  const spread = (values: readonly number[]) => `${median(values).toFixed(0)}, ${quantile(values, 1).toFixed(0)} ms`;
  const [clock, core] = [worked.map(({ wallMs }) => wallMs), worked.map(({ processorMs }) => processorMs)];
  console.log(`${name} | ${answers} | ${spread(clock)} | ${spread(core)}`);
}

function work(bytes: Uint8Array): Promise<WorkedUpload> {
  const child = fork(new URL('./verification/upload-process.ts', import.meta.url), { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the process ended with ${code}`)));
    child.on('message', (message: 'ready' | WorkedUpload) => {
      if (message === 'ready') child.send(bytes);
      else resolve(message);
    });
  });
}

async function sendAtOnce(): Promise<void> {
  // All of them from one address, whose share is a quarter.
  const bytesAtOnce = 4 * 256 * 2 ** 20;
  const site = await startSite({ checksPerMinute: 10 * uploads, waiting: uploads, workMs: 120_000, bytesAtOnce });
  const idle = site.bytes();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, site.bytes());
  }, 100);
  const started = performance.now();
  const read = await Promise.all(Array.from({ length: uploads }, (_, i) => send(site.url, photos[i % photos.length])));
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  await site.close();
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  console.log(`${uploads} uploads at once | ${read.filter(Boolean).length} read | ${seconds.toFixed(1)} s`);
  console.log(`memory of the site | idle ${mib(idle)} | at most ${mib(most)}`);
}

/** As the page does: again, when the site holds as many bytes as it bears, and says so or hangs up before it has read them. */
async function send(url: string, picture: SentPicture | undefined): Promise<boolean> {
  const form = new FormData();
  form.append('back', new Blob([picture?.bytes ?? '']), 'back.jpg');
  try {
    const response = await fetch(`${url}/v1/verifications`, { method: 'POST', body: form });
    const { error } = (await response.json()) as { readonly error?: { readonly code: string } };
    if (error?.code !== 'BUSY') return error === undefined;
  } catch {
    // The answer went down with the connection.
  }
  await setTimeout(AGAIN_MS);
  return send(url, picture);
}
