/** What a staff command refuses and no wire knows. */
export class StaffRefusal extends Error {
  override readonly name = 'StaffRefusal';

  constructor(code: 'MORE_THAN_OWED' | 'NOTICE_CLOSES_OTHERWISE', detail: string) {
    super(`${code}: ${detail}`);
  }
}
