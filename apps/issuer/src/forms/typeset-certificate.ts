/**
 * One copy: written, typeset, and where the texts that did not fit went. A text that is too long for its cell goes on to the 続紙; the
 * form says which by stopping with the name of the cell, one at a time.
 */
import type { CertificateContent, TypesetCopy } from '../ports.ts';
import { canMove } from './continuation.ts';
import type { CellPath } from './form-content.ts';
import { type FormContract, type FormEdition, formOn, readContract } from './form-contract.ts';
import { type LaidOut, layOut, toFormData } from './form-data.ts';
import { formOf } from './kinds/index.ts';
import { pictureBox, placeOf, toBox } from './places.ts';
import { DoesNotFit, type Typesetter } from './typesetter.ts';

export interface TypesetCertificate extends TypesetCopy {
  readonly form: FormEdition;
}

export async function typesetCertificate(
  content: CertificateContent,
  typesetter: Pick<Typesetter, 'typeset'>,
  signal?: AbortSignal,
): Promise<TypesetCertificate> {
  const form = formOn(content.kind, content.issuedOn, content.forms);
  const contract = readContract(form);
  const written = formOf(content.kind).written(content, contract.words ?? {});
  const moved: CellPath[] = [];
  for (;;) {
    const laidOut = layOut(written, contract, moved);
    const data = toFormData(content, laidOut, contract);
    try {
      const { pdf } = await typesetter.typeset({
        form,
        data,
        ...(content.letters && { letters: content.letters }),
        ...(signal && { signal }),
      });
      return {
        pdf,
        form,
        formVersion: form.version,
        moved,
        nameBoxes: namesOn(laidOut, contract, moved),
        freeBoxes: freeOn(laidOut, contract),
      };
    } catch (error) {
      if (!(error instanceof DoesNotFit) || moved.includes(error.cell) || !canMove(error.cell, written)) throw error;
      moved.push(error.cell);
    }
  }
}

function namesOn({ continued, sheets }: LaidOut, contract: FormContract, moved: readonly CellPath[]) {
  return continued.content.names.map(({ name, at }) => {
    const { page, box } = placeOf(at, sheets, contract, moved);
    return { page, ...box, name };
  });
}

function freeOn({ continued: { content }, sheets }: LaidOut, contract: FormContract) {
  const pictures = Object.entries(content.pictures ?? {}).flatMap(([key, picture]) => {
    const spec = contract.pictures?.[key];
    return spec ? [toBox(pictureBox(spec.box, picture))] : [];
  });
  const seal = toBox(contract.certification.sealBox);
  return sheets.flatMap(({ certified, continuation }, i) =>
    [...(certified ? [seal] : []), ...(continuation ? [] : pictures)].map((box) => ({ page: i + 1, ...box })),
  );
}
