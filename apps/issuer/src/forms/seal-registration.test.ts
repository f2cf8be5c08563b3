import { createPdfReader, inspectCertificate } from '@machikado/inspection';
import type { RegistryRecord } from '@machikado/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateContent } from '../ports.ts';
import { expectationOf } from './expectation-of.ts';
import { formOn } from './form-contract.ts';
import { typesetFaulty } from './testing/faulty-form.ts';
import { cases } from './testing/gallery/seal-registration.ts';
import { imprintOf, mirrored } from './testing/imprint.ts';
import { typesetCertificate } from './typeset-certificate.ts';
import { createTypesetter } from './typesetter.ts';

const formVersion = formOn('seal-registration', '2026-11-22');
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const order = cases.find(({ name }) => name === 'seal-registration-usual')?.content as CertificateContent;
const honest = order.record.seal as NonNullable<RegistryRecord['seal']>;

const typeset = async (content: CertificateContent) => (await typesetCertificate(content, typesetter)).pdf;
const withImprint = (imprint: typeof honest.imprint): CertificateContent => ({
  ...order,
  record: { ...order.record, seal: { ...honest, imprint } },
});
async function found(pdf: Uint8Array): Promise<string[]> {
  const findings = inspectCertificate(await reader.read(pdf), expectationOf(order, formVersion));
  return findings.map(({ code, where }) => (where ? `${code} ${where}` : code));
}
const faulty = (...fault: (readonly [string, string])[]) => typesetFaulty(order, formVersion, ...fault);

test('the imprint stands at its own size, and both seals are declared free', async () => {
  const { freeBoxes, pdf } = await typesetCertificate(order, typesetter);
  const [page] = (await reader.read(pdf)).pages;
  const [drawn, ...more] = page?.drawings.filter(({ image }) => image) ?? [];
  expect(more).toEqual([]);
  expect(drawn?.box.wMm).toBeCloseTo(honest.imprint.widthMm, 2);
  expect(drawn?.box.hMm).toBeCloseTo(honest.imprint.heightMm, 2);
  expect(freeBoxes).toContainEqual(expect.objectContaining({ page: 1, wMm: honest.imprint.widthMm }));
  expect(freeBoxes).toHaveLength(2);
});

describe('a fault of the 印影 is found', () => {
  test('none was put in: nothing is found', async () => {
    expect(await found(faulty())).toEqual([]);
  });

  test('the seal of somebody else of the same size', async () => {
    expect(await found(await typeset(withImprint(imprintOf('霧笛'))))).toEqual(['picture-differs imprint']);
  });

  test('the seal of a namesake, cut a little thicker', async () => {
    expect(await found(await typeset(withImprint(imprintOf('夕凪', 15, 1, 0.88))))).toEqual([
      'picture-differs imprint',
    ]);
  });

  test('mirrored', async () => {
    expect(await found(await typeset(withImprint(mirrored('夕凪'))))).toEqual(['picture-differs imprint']);
  });

  test('turned', async () => {
    const pdf = faulty(
      ['at(own, image(', 'at(own, rotate(180deg, image('],
      ['alt: spec.label,\n    ))', 'alt: spec.label,\n    )))'],
    );
    expect(await found(pdf)).toEqual(['picture-differs imprint']);
  });

  test('at 97 % of its size', async () => {
    const pdf = faulty([
      'width: one.widthMm * 1mm, height: one.heightMm * 1mm',
      'width: one.widthMm * 0.97mm, height: one.heightMm * 0.97mm',
    ]);
    expect(await found(pdf)).toEqual(['picture-missing imprint', 'picture-unexpected']);
  });

  test('a quarter of a millimetre beside its place', async () => {
    expect(await found(faulty(['(x + (width - one.widthMm) / 2,', '(x + 0.25 + (width - one.widthMm) / 2,']))).toEqual([
      'picture-missing imprint',
      'picture-unexpected',
    ]);
  });

  test('missing', async () => {
    expect(await found(faulty(['at(own, image(', 'let _ = (own, image(']))).toEqual(['picture-missing imprint']);
  });

  test('a corner of it covered', async () => {
    const cover = 'at((42, 82, 0, 0), rect(width: 3mm, height: 3mm, fill: white))\n  sheet-cells(contract, sheet)';
    expect(await found(faulty(['sheet-cells(contract, sheet)\n  frame', `${cover}\n  frame`]))).toEqual([
      'picture-differs imprint',
    ]);
  });

  test('a line drawn beside it', async () => {
    const mark = 'at((25, 70, 0, 0), line(length: 10mm, stroke: 0.4pt))\n  sheet-cells(contract, sheet)';
    expect(await found(faulty(['sheet-cells(contract, sheet)\n  frame', `${mark}\n  frame`]))).toEqual([
      'ink-excess imprint',
    ]);
  });
});

describe('a fault of the 公印 is found', () => {
  test('missing', async () => {
    expect(await found(faulty(['at(seal, image', 'let _ = (seal, image']))).toEqual(['seal-missing seal']);
  });

  test('a tenth too small', async () => {
    const pdf = faulty([
      'width: seal.at(2) * 1mm, height: seal.at(3) * 1mm',
      'width: seal.at(2) * 0.9mm, height: seal.at(3) * 0.9mm',
    ]);
    expect(await found(pdf)).toEqual(['seal-size seal']);
  });

  test('beside its place', async () => {
    expect(await found(faulty(['at(seal, image', 'at((seal.at(0) + 1, ..seal.slice(1)), image']))).toContain(
      'seal-size seal',
    );
  });

  test('covered in part', async () => {
    const cover =
      'alt: "公印"))\n  at((seal.at(0) + 8, seal.at(1) + 8, 0, 0), rect(width: 8mm, height: 8mm, fill: white))';
    expect(await found(faulty(['alt: "公印"))', cover]))).toEqual(['seal-covered seal']);
  });
});

test('a picture where none should be', async () => {
  const again =
    'pictures(contract, data)\n  pictures(contract + (pictures: (imprint: (..contract.pictures.imprint, box: (20, 200, 54, 64)))), data)';
  expect(await found(faulty(['pictures(contract, data)\n', `${again}\n`]))).toContain('picture-unexpected');
});
