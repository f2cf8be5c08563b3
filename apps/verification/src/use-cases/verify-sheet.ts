/** 問い合わせ: one upload, one answer, one signed report. Nothing of it is left when the answer has gone out. */
import { createHash } from 'node:crypto';
import type { SiteAnswer, VerificationReport } from '@machikado/protocol';
import type { Examined, Ports, Refused, Upload } from '../ports.ts';

export async function verifySheet(upload: Upload, ports: Ports, signal: AbortSignal): Promise<SiteAnswer | Refused> {
  const examined = await ports.examiner.examine(upload, signal);
  if ('refused' in examined) return examined;
  const { facts, comparison, picture } = examined;
  const municipality = ports.nameOf(facts.lgCode);
  const cancellation = ports.cancellations.find(facts);
  const checkedAt = ports.clock.now().toISOString();
  const report = reportOf(upload, examined, { checkedAt, cancellation });
  const { sha256: _, ...shown } = picture;
  return {
    facts: { ...facts, ...(municipality !== undefined && { municipality }) },
    cancellation,
    picture: shown,
    ...(comparison && { comparison }),
    checkedAt,
    report: await ports.signReport(report),
  };
}

function reportOf(
  { files }: Upload,
  { facts, keys, comparison, picture }: Examined,
  found: Pick<VerificationReport, 'checkedAt' | 'cancellation'>,
): VerificationReport {
  return {
    v: 1,
    ...found,
    facts,
    signature: 'valid',
    keys,
    verdict: comparison?.verdict ?? 'not-compared',
    ...(comparison && {
      comparedPercent: comparison.comparedPercent,
      differences: comparison.differences.length,
    }),
    files: files.map(({ bytes }) => ({ sha256: sha256(bytes), bytes: bytes.length })),
    picture: { sha256: picture.sha256, width: picture.width, height: picture.height, dpi: picture.dpi },
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
