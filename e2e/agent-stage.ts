/**
 * A person at the glass of a kiosk as it stands in a store: the agent is a process of its own, the built page runs in a real browser, the chain
 * stands behind them.
 */
import { readFileJournal } from '@machikado/kiosk-agent';
import { physicalTruth } from '@machikado/simulators';
import { type AgentProcess, type AgentProcessOptions, openAgentProcess } from './agent-process.ts';
import { builtScreen } from './browser/built-screen.ts';
import { type Glass, glassOf } from './browser/glass.ts';
import type { Browser } from './browser/launch-browser.ts';
import type { Hands } from './browser/visit.ts';
import type { Books } from './fault-table.ts';
import type { Chain } from './open-chain.ts';

export interface AgentStage {
  readonly agent: AgentProcess;
  readonly glass: Glass;
  readonly hands: Hands;
  /** With the simulated printer’s sheets. */
  readonly books: Books;
  keptYen(): number;
  close(): Promise<void>;
}

export async function openAgentStage(
  chain: Chain,
  browser: Browser,
  options: Omit<AgentProcessOptions, 'pageDir'> & { readonly takePaper?: Hands['takePaper'] } = {},
): Promise<AgentStage> {
  const agent = await openAgentProcess(chain, { ...options, pageDir: await builtScreen() });
  await agent.start();
  const page = await browser.open(agent.url());
  let lying: ReturnType<AgentProcess['layDown']> | undefined;
  const truth = () => physicalTruth(agent.devicesDir);
  return {
    agent,
    glass: glassOf(page),
    hands: {
      layDown(card) {
        lying = agent.layDown(card);
      },
      async takeCard() {
        await lying?.takeAway();
        lying = undefined;
      },
      insert: (yen) => agent.coinUnit.insert(yen),
      takePaper: options.takePaper ?? (() => agent.printer.takePaper(agent.outDir)),
    },
    books: { journal: () => readFileJournal(agent.stateDir), physicalTruth: truth },
    keptYen() {
      const { insertedYen, returnedYen, dispensedYen } = truth().cash;
      return insertedYen - returnedYen - dispensedYen;
    },
    async close() {
      await lying?.takeAway();
      await page.close();
      await agent.close();
    },
  };
}
