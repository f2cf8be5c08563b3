/** index.html of the gallery: every document with what it shows, its pages side by side. */
export interface DrawnDocument {
  readonly name: string;
  readonly shows: string;
  readonly pages: number;
  /** What the inspection found. */
  readonly findings: readonly string[];
}

export function galleryPage(documents: readonly DrawnDocument[], contactSheets: number): string {
  const sheets = Array.from({ length: contactSheets }, (_, i) => {
    const file = `contact-sheet-${i + 1}.png`;
    return `<a href="${file}">${i + 1}</a>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Gallery of certificates</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: #eee; color: #111 }
section { margin: 0 0 2.5rem }
h2 { margin: 0; font-size: 1rem }
p { margin: 0 0 .5rem }
img { width: 300px; background: #fff; box-shadow: 0 1px 4px #0006; margin-right: 12px }
.found { color: #a00; font-weight: bold }
</style>
<h1>${documents.length} certificates of invented people</h1>
<p>Contact sheets: ${sheets.join(' ')}</p>
${documents.map(sectionOf).join('\n')}
</html>
`;
}

function sectionOf({ name, shows, pages, findings }: DrawnDocument): string {
  const pictures = Array.from({ length: pages }, (_, i) => {
    const file = `${name}-${i + 1}.png`;
    return `<a href="${file}"><img src="${file}" alt="${name}, page ${i + 1} of ${pages}" loading="lazy"></a>`;
  });
  const found = findings.length > 0 ? `<p class="found">${toHtml(findings.join(', '))}</p>` : '';
  return `<section><h2><a href="${name}.pdf">${name}</a></h2><p>${toHtml(shows)}</p>${found}${pictures.join('')}</section>`;
}

function toHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
