/** The process of cards-apart.ts. */
import { createInterface } from 'node:readline';
import { connectCard } from '@machikado/simulators';
import { openCardFile } from '../pseudo-store/card-on-disk.ts';
import type { CardOrder } from './cards-apart.ts';
import { pulledAwayAtOnce } from './laid-card.ts';

const lying = new Map<number, ReturnType<typeof connectCard>>();
const done = () => process.stdout.write('\n');

async function obey(order: CardOrder): Promise<void> {
  if ('away' in order) {
    await lying.get(order.away)?.takeAway();
    lying.delete(order.away);
    return;
  }
  const { lay, pulledAway, port } = order;
  const chip = openCardFile(lay).layDown();
  const card = pulledAway ? pulledAwayAtOnce(chip, () => lying.get(port)?.takeAway()) : chip;
  lying.set(port, connectCard(card, { port }));
}

done();
for await (const line of createInterface({ input: process.stdin })) {
  await obey(JSON.parse(line) as CardOrder);
  done();
}
for (const card of lying.values()) await card.takeAway();
