/** The eye for broken screens, held before screens that are broken on purpose. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, launchBrowser } from './launch-browser.ts';
import { layoutFaults } from './layout.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function faultsOf(body: string, options?: { scrolls?: boolean }): Promise<string[]> {
  const page = await browser.context.newPage();
  try {
    await page.setContent(
      `<!doctype html><style>* { margin: 0 } button { min-width: 60px; min-height: 60px }</style>${body}`,
    );
    return await layoutFaults(page, options);
  } finally {
    await page.close();
  }
}

const sound = '<main><h1>Title</h1><p>One line</p><button>Yes</button> <button>No</button></main>';

test('a sound screen has no faults', async () => {
  expect(await faultsOf(sound)).toEqual([]);
});

test.each([
  ['a line below the glass', '<div style="height: 1100px"></div><p>Text</p>', 'outside the glass'],
  [
    'a button beside the glass',
    '<button style="position: absolute; left: 1250px">Button</button>',
    'outside the glass',
  ],
  ['a word wider than its box', '<p style="width: 30px">unbreakable</p>', 'sticks out of'],
  ['letters cut off sideways', '<p style="width: 30px; overflow: hidden">unbreakable</p>', 'cut off sideways'],
  ['letters cut off below', '<p style="height: 10px; overflow: hidden">text</p>', 'cut off below'],
  ['two lines upon each other', '<p>One</p><p style="margin-top: -10px">Two</p>', 'lie upon each other'],
  [
    'two buttons upon each other',
    '<button>A</button><button style="margin-left: -30px">B</button>',
    'lie upon each other',
  ],
  ['a button under a cover', '<button>A</button><div style="position: fixed; inset: 0"></div>', 'is covered by'],
  ['a button too small', '<button style="min-height: 40px; height: 40px">A</button>', 'too small'],
])('%s is found', async (_, body, fault) => {
  expect((await faultsOf(body)).join('\n')).toContain(fault);
});

test('a page of large text may be longer than the glass, but not wider', async () => {
  const long = `${sound}<div style="height: 2000px"></div><p>End</p>`;
  expect(await faultsOf(long)).not.toEqual([]);
  expect(await faultsOf(long, { scrolls: true })).toEqual([]);
  expect(await faultsOf('<div style="width: 2000px">wide</div>', { scrolls: true })).not.toEqual([]);
});

test('behind an open dialog nothing is looked at, and inside of it everything', async () => {
  expect(
    await faultsOf(`<p style="width: 30px">unbreakable</p><dialog open style="inset: 0">${sound}</dialog>`),
  ).toEqual([]);
  expect(await faultsOf(`${sound}<dialog open><p style="width: 30px">unbreakable</p></dialog>`)).not.toEqual([]);
});

test('a list that scrolls may be longer than the glass', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `<li><button>Row ${i}</button></li>`).join('');
  expect(await faultsOf(`<ul style="height: 400px; overflow-y: auto">${rows}</ul>`)).toEqual([]);
});
