/** A verification site in memory: it holds the list with the highest version, until a test makes it refuse or forget. */
import { readCancellationList, type StatementKeys } from '@machikado/pki';
import type { CancellationList } from '@machikado/protocol';
import type { SiteGateway } from '../ports.ts';
import type { ServerAddress } from '../settings.ts';

export class FakeSite implements SiteGateway {
  /** Every list that arrived, in its order. */
  readonly lists: CancellationList[] = [];
  readonly #keys: StatementKeys;
  onList: () => Promise<void> | void = () => undefined;

  constructor(keys: StatementKeys) {
    this.#keys = keys;
  }

  async pushCancellations(_site: ServerAddress, jws: string): Promise<number> {
    await this.onList();
    this.lists.push(await readCancellationList(jws, this.#keys));
    return Math.max(...this.lists.map(({ version }) => version));
  }
}
