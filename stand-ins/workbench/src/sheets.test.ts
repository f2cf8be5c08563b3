import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, test } from 'vitest';
import { createSheetPainter } from './sheet-painter.ts';
import { openSheets } from './sheets.ts';
import { colouredPage } from './testing/coloured-page.ts';

const painter = createSheetPainter();
afterAll(() => painter.close());

function tray() {
  const dir = mkdtempSync(join(tmpdir(), 'sheets-'));
  const out = join(dir, 'tray');
  mkdirSync(out);
  return {
    dir,
    putOut: (name: string, bytes: Uint8Array) => writeFileSync(join(out, name), bytes),
    paperInTray: () =>
      readdirSync(out)
        .sort()
        .map((file) => join(out, file)),
    takePaper: (to: string) =>
      readdirSync(out).map((file) => {
        renameSync(join(out, file), join(to, file));
        return join(to, file);
      }),
  };
}

describe('sheets', () => {
  test('come out with a random id, keep it in the visitor’s hands, and leave nothing on disk', async () => {
    const machine = tray();
    let changes = 0;
    const sheets = openSheets(machine, painter, machine.dir, () => {
      changes += 1;
    });
    machine.putOut('first.pdf', colouredPage([1, 0, 0]));
    await sheets.look();
    const [sheet] = sheets.tray();
    assert.match(sheet?.id ?? '', /^[0-9a-f-]{36}$/);
    await Promise.all([sheets.look(), sheets.look()]);
    assert.deepEqual(sheets.tray(), [sheet]);
    assert.equal(changes, 1);

    machine.putOut('second.pdf', colouredPage([0, 1, 0]));
    await sheets.take();
    assert.deepEqual(sheets.tray(), []);
    assert.deepEqual(sheets.taken()[0], sheet);
    assert.equal(sheets.taken().length, 2);
    assert.deepEqual(
      readdirSync(machine.dir, { recursive: true })
        .map(String)
        .map((path) => basename(path)),
      ['tray'],
    );

    sheets.putAway();
    assert.equal(sheets.picture(sheet?.id ?? '', { side: 1, dpi: 100 }), undefined);
  });

  test('are drawn in colour, at the size of A4; a blank back has no picture', async () => {
    const machine = tray();
    machine.putOut('red.pdf', colouredPage([1, 0, 0]));
    const sheets = openSheets(machine, painter, machine.dir, () => {});
    await sheets.look();
    const id = sheets.tray()[0]?.id ?? '';
    const { width, height, data } = PNG.sync.read(Buffer.from((await sheets.picture(id, { side: 1, dpi: 100 })) ?? []));
    assert.ok(Math.abs(width - 827) <= 1 && Math.abs(height - 1169) <= 1, `${width} × ${height}`);
    const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
    assert.deepEqual([...data.subarray(middle, middle + 4)], [255, 0, 0, 255]);
    assert.equal(sheets.picture(id, { side: 2, dpi: 100 }), undefined);
  });

  test('what is no PDF costs its own picture only', async () => {
    const machine = tray();
    machine.putOut('broken.pdf', Uint8Array.of(1, 2, 3));
    machine.putOut('sound.pdf', colouredPage([0, 0, 1]));
    const sheets = openSheets(machine, painter, machine.dir, () => {});
    await sheets.look();
    const [broken, sound] = sheets.tray();
    await assert.rejects(sheets.picture(broken?.id ?? '', { side: 1, dpi: 100 }) ?? Promise.resolve());
    assert.ok((await sheets.picture(sound?.id ?? '', { side: 1, dpi: 100 }))?.length);
  });
});
