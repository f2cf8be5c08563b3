/**
 * What one core needs for one sheet: typesetting, reading back and inspecting, over residents who differ (nothing can be remembered from
 * one to the next); and whether memory stays flat. Beside the time on the clock stands the time of the processor, which other
 * programs on the machine disturb less.
 *
 *   node --import tsx bench/forms-speed.ts [households] [documents for the memory: 10000 shows what a day does]
 */
import { createPdfReader, inspectCertificate } from '@machikado/inspection';
import { createTypesetter, expectationOf, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import type { CertificateContent } from '../apps/issuer/src/ports.ts';
import { residentRecords } from './households.ts';
import { memoryMbOf, ownProcessorMs, treeOf } from './processor-time.ts';
import { quantile } from './quantile.ts';

const [households = 200, documents = 2_000] = process.argv.slice(2).map(Number);
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });

const contents = residentRecords(households);
if (contents.length > 0) {
  await measure(contents.slice(0, 20));
  report(await measure(contents));
}
if (documents > 0) await watchMemory();
await Promise.all([typesetter.close(), reader.close()]);

/** Of one sheet, in milliseconds. */
interface Spent {
  readonly clock: number;
  readonly processor: number;
}

async function measure(list: readonly CertificateContent[]) {
  const spent = { typeset: [] as Spent[], 'read back': [] as Spent[], inspect: [] as Spent[] };
  for (const content of list) {
    const typesetting = await timed(() => typesetCertificate(content, typesetter));
    const { pdf, form, moved } = typesetting.result;
    const readBack = await timed(() => reader.read(pdf));
    const inspecting = await timed(() => inspectCertificate(readBack.result, expectationOf(content, form, moved)));
    if (inspecting.result.length > 0) throw new Error(`the inspection found ${inspecting.result[0]?.code}`);
    const aSheet = ({ clock, processor }: Spent) => {
      const sheets = readBack.result.pages.length;
      return { clock: clock / sheets, processor: processor / sheets };
    };
    spent.typeset.push(aSheet(typesetting));
    spent['read back'].push(aSheet(readBack));
    spent.inspect.push(aSheet(inspecting));
  }
  return spent;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Spent & { readonly result: T }> {
  const [clock, processor] = [performance.now(), ownProcessorMs()];
  const result = await work();
  return { result, clock: performance.now() - clock, processor: ownProcessorMs() - processor };
}

function report({ typeset, 'read back': readBack, inspect }: Awaited<ReturnType<typeof measure>>): void {
  console.log('per sheet | median ms | p95 ms | processor ms (mean) | goal');
  const both = readBack.map((one, i) => {
    const other = inspect[i] as Spent;
    return { clock: one.clock + other.clock, processor: one.processor + other.processor };
  });
  const rows: readonly (readonly [string, readonly Spent[], number?])[] = [
    ['typeset', typeset, 8],
    ['read back', readBack],
    ['inspect', inspect],
    ['read back and inspect', both, 25],
  ];
  for (const [what, all, goal] of rows) {
    const clocks = all.map(({ clock }) => clock);
    const at = (share: number) => quantile(clocks, share);
    const mean = all.reduce((sum, { processor }) => sum + processor, 0) / all.length;
    const said = goal === undefined ? '' : `${goal} ms: ${at(0.5) < goal ? 'reached' : 'not reached'}`;
    console.log(`${what} | ${at(0.5).toFixed(1)} | ${at(0.95).toFixed(1)} | ${mean.toFixed(1)} | ${said}`);
  }
}

/** Of this process (the reader’s thread is in it) and of the typesetting process, which is replaced now and then. */
async function watchMemory(): Promise<void> {
  console.log('documents | MB of this process | MB of the typesetter');
  const points: [number, number][] = [];
  for (let n = 1; n <= documents; n += 1) {
    const content = contents[n % contents.length];
    if (!content) throw new RangeError('the town has nobody');
    const issueNumber = n.toString(16).padStart(16, '0');
    await reader.read((await typesetCertificate({ ...content, issueNumber }, typesetter)).pdf);
    if (n % Math.ceil(documents / 20) !== 0) continue;
    const own = process.memoryUsage().rss / 2 ** 20;
    console.log(`${n} | ${own.toFixed(0)} | ${childrenMb().toFixed(0)}`);
    points.push([n, own + childrenMb()]);
  }
  const slope = slopeOf(points.slice(points.length / 2)) * 1_000;
  console.log(`slope of the later half: ${slope.toFixed(1)} MB per 1,000 documents; goal: flat`);
}

function childrenMb(): number {
  const [, ...children] = treeOf(process.pid);
  return children.reduce((sum, pid) => sum + memoryMbOf(pid), 0);
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
