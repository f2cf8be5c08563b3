/**
 * What the paper says beside its pictures: under the scrambled image of every back, and on the calibration sheet. The outlines of these
 * letters are drawn from glyph-outlines.ts; after a change here `node --import tsx packages/antiforgery/build-outlines.ts` makes them anew.
 */
export const stripWords = {
  title: 'この証明書を確かめる / Check this certificate',
  guidance: [
    'スクランブル画像：裏面全体を撮影して上の宛先へ送ると、表面が復元されます。',
    '偽造防止検出画像：赤外線カメラで見ると、桜の中に「証」が現れます。',
    'けん制文字：コピーすると、「複写」の文字が浮かび上がります。',
    '裏面のコピーからも復元できます。原本かどうかは「証」と「複写」で見てください。',
    'Photograph this whole side and send it to the address above: it gives back the front.',
    'Infrared shows 証 in the blossom. A copy of this sheet says 複写.',
  ],
  /** For engines that print black only, where infrared shows nothing. */
  linePhase: '線の画像：細かい線のフィルムを重ねると、「証」が現れます。',
} as const;

/** Under the strip: whose sheet this is, as in the margin of the front, and that this is its back. */
export const sheetLine = (orderReference: string, sheet: number, of: number): string =>
  `${orderReference}　${sheet} / ${of}　裏面`;

export const calibrationWords = {
  title: 'けん制文字の調整用紙 / Calibration sheet for the copy warning',
  instructions: [
    '1. この用紙を、証明書と同じ印刷機、同じ用紙、同じ画質（600 dpi、拡大縮小なし）で印刷します。',
    '2. 30 cm ほど離して見て、「複写」が最も見えない列を選びます。',
    '3. 同じ機械でコピーし、選んだ列に「複写」が浮かび上がることを確かめます。',
    '4. 列の名前をこのキオスク端末の設定 copyWarning に書きます。',
    '1. Print this sheet on the engine, paper and quality used for certificates (600 dpi, no scaling).',
    '2. From about 30 cm, choose the column whose 複写 is seen least.',
    '3. Copy the sheet on the same machine: 複写 must stand out in that column.',
    '4. Write the name of the column into the setting copyWarning of this kiosk.',
  ],
  dots: (fine: number, coarse: number) => `${fine} / ${coarse}`,
} as const;
