/** A clean document in memory, and how it is written. */
import { createPdfWriter, refTo } from '../paper/pdf-writer.ts';
import { type CleanObject, isCleanStream } from './clean-object.ts';
import type { CleanPdf } from './clean-pdf.ts';
import { withoutRgb } from './colour/without-rgb.ts';
import { hasOpaqueBackground } from './opaque-background.ts';
import { reachable } from './reachable.ts';
import { CLEAN_CONTENT, CLEAN_NAME, type TakenPage } from './take/page.ts';
import type { Ref } from './values.ts';
import { writeEntries, writeFilter, writeNumber, writeValue } from './write-value.ts';

export function cleanPdf(taken: readonly TakenPage[], objects: readonly CleanObject[]): CleanPdf {
  const pages = taken.map(({ widthPt, heightPt, form }) => ({
    widthPt,
    heightPt,
    // Content is inflated and read for it, so only when somebody asks.
    get opaqueBackground() {
      return hasOpaqueBackground(form, objects, { widthPt, heightPt });
    },
  }));
  const copyInto: CleanPdf['copyInto'] = (writer) => {
    const numbers = objects.map(() => writer.reserve());
    const numberOf = (number: number) => numbers[number - 1] as number;
    objects.forEach((object, i) => {
      const number = numbers[i] as number;
      if (!isCleanStream(object)) writer.object(writeValue(object, numberOf), number);
      else
        writer.stream(
          join(writeEntries(object.dict, numberOf), writeFilter(object.stored)),
          object.stored.data,
          number,
        );
    });
    return taken.map(({ form }) => numberOf(form.number));
  };
  return {
    pages,
    copyInto,
    toPdf() {
      const writer = createPdfWriter();
      const forms = copyInto(writer);
      const tree = writer.reserve();
      const kids = forms.map((form, i) => {
        const content = writer.stream('', Buffer.from(CLEAN_CONTENT, 'latin1'));
        const { widthPt, heightPt } = taken[i] as TakenPage;
        const box = `[0 0 ${writeNumber(widthPt)} ${writeNumber(heightPt)}]`;
        const resources = `<</XObject <</${CLEAN_NAME} ${refTo(form)}>>>>`;
        return writer.object(
          `<</Type /Page /Parent ${refTo(tree)} /MediaBox ${box} /Resources ${resources} /Contents ${refTo(content)}>>`,
        );
      });
      writer.object(`<</Type /Pages /Count ${kids.length} /Kids [${kids.map(refTo).join(' ')}]>>`, tree);
      return writer.finish(writer.object(`<</Type /Catalog /Pages ${refTo(tree)}>>`));
    },
    async withoutRgb() {
      const forms = taken.map(({ form }) => form);
      const left = reachable(forms, await withoutRgb(objects));
      return cleanPdf(
        taken.map((page, i) => ({ ...page, form: left.roots[i] as Ref })),
        left.objects,
      );
    },
  };
}

const join = (...parts: readonly string[]) => parts.filter(Boolean).join(' ');
