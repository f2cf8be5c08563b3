/**
 * What one core needs for one sheet: typesetting, reading back and inspecting, over residents who differ (nothing can be remembered from
 * one to the next); and whether memory stays flat.
 *
 *   node --import tsx bench/forms-speed.ts [households] [documents for the memory]
 */
import { readFileSync } from 'node:fs';
import type { CalendarDate } from '@machikado/domain';
import { createPdfReader, inspectCertificate } from '@machikado/inspection';
import { createRegistry, generateTown, memoryJournal } from '@machikado/registry';
import {
  createTypesetter,
  drawSeal,
  expectationOf,
  missingGlyphs,
  typesetCertificate,
} from '../apps/issuer/src/forms/index.ts';
import type { CertificateContent } from '../apps/issuer/src/ports.ts';

const [households = 200, documents = 2_000] = process.argv.slice(2).map(Number);
const town = generateTown('990019', 'bench');
const registry = createRegistry({
  towns: [town],
  journal: memoryJournal('bench'),
  now: () => new Date('2026-11-22T03:00:00Z'),
});
const sealSvg = drawSeal('夕凪市長之印');
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });

const contents = town.households.flatMap((_, i) => contentOf(i)).slice(0, households);
await measure(contents.slice(0, 20));
const times = await measure(contents);
console.log('per sheet | median ms | p95 ms');
for (const [what, all] of Object.entries(times)) {
  const sorted = all.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  console.log(`${what} | ${at(0.5)} | ${at(0.95)}`);
}
await watchMemory();
await Promise.all([typesetter.close(), reader.close()]);

async function measure(list: readonly CertificateContent[]) {
  const spent = { typeset: [] as number[], 'read back': [] as number[], inspect: [] as number[] };
  for (const content of list) {
    const a = performance.now();
    const { pdf, form, moved } = await typesetCertificate(content, typesetter);
    const b = performance.now();
    const reading = await reader.read(pdf);
    const c = performance.now();
    const findings = inspectCertificate(reading, expectationOf(content, form, moved));
    const d = performance.now();
    if (findings.length > 0) throw new Error(`the inspection found ${findings[0]?.code}`);
    const sheets = reading.pages.length;
    spent.typeset.push((b - a) / sheets);
    spent['read back'].push((c - b) / sheets);
    spent.inspect.push((d - c) / sheets);
  }
  return spent;
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
    if (n % Math.ceil(documents / 10) !== 0) continue;
    const own = process.memoryUsage().rss / 2 ** 20;
    console.log(`${n} | ${own.toFixed(0)} | ${childrenMb().toFixed(0)}`);
    points.push([n, own + childrenMb()]);
  }
  console.log(
    `slope of the later half: ${(slopeOf(points.slice(points.length / 2)) * 1_000).toFixed(1)} MB per 1,000 documents`,
  );
}

function childrenMb(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const rssKb = (pid: string) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  };
  return children.reduce((sum, pid) => sum + rssKb(pid), 0) / 1024;
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

function contentOf(i: number): CertificateContent[] {
  const residentId = town.households[i]?.members[0]?.residentId ?? '';
  const record = registry.readRecord({ lgCode: town.lgCode, residentId });
  const unprintable = JSON.stringify(record.members);
  if (missingGlyphs(unprintable).length > 0) return [];
  return [
    {
      kind: 'resident-record',
      record,
      persons: record.members,
      scope: 'household',
      items: ['relationship', 'registered-domicile', 'previous-address'],
      issuedOn: '2026-11-22' as CalendarDate,
      mayor: { title: '架空県夕凪市長', name: '架空 花子', sealSvg },
      issueNumber: i.toString(16).padStart(16, '0'),
      orderReference: '0f1e2d3c4b5a6978',
    },
  ];
}
