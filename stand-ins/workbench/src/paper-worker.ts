/** Runs in a worker thread: one job about a sheet in, its answer out, and on the way how many sides are done. */
import { parentPort } from 'node:worker_threads';
import type { PaperAnswer, PaperJob, PaperMessage } from './paper-jobs.ts';
import { drawPng, sidesOf } from './plain-drawing.ts';

const tell = (message: PaperMessage) => parentPort?.postMessage(message);
/** Most sheets are only drawn: what copiers and cameras need is loaded for the first of them. */
const seeing = () => import('./see-sheet.ts');

parentPort?.on('message', (job: PaperJob) => {
  answer(job).then(tell, () => tell({ failed: true }));
});

async function answer(job: PaperJob): Promise<PaperAnswer> {
  switch (job.job) {
    case 'sides':
      return { sides: await sidesOf(job.pdf) };
    case 'draw':
      return { pictures: [await drawPng(job.pdf, job.drawing)] };
    case 'look':
      return { pictures: [await (await seeing()).lookAt(job)] };
    case 'shoot':
      return { pictures: await (await seeing()).shoot(job, (done) => tell({ done })) };
  }
}
