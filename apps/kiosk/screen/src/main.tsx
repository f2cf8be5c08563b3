/** キオスク端末の画面: the page. Its address carries the agent’s token in the fragment, which no browser sends anywhere. */
import '@digital-go-jp/design-tokens/dist/tokens.css';
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { createActor } from 'xstate';
import { connectToAgent } from './agent-connection.ts';
import { App } from './app.tsx';
import { GlassProvider } from './glass.tsx';
import { screenMachine } from './machine.ts';
import { createStaySignal } from './stay-signal.ts';

const actor = createActor(screenMachine);
const agent = connectToAgent({
  token: location.hash.slice(1),
  fetch: (...request) => fetch(...request),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  onScene: (scene) => actor.send({ type: 'scene', scene }),
  onTowns: (towns) => actor.send({ type: 'towns', towns }),
  onLost: () => actor.send({ type: 'lost' }),
  onRefused: () => actor.send({ type: 'refused' }),
});
actor.on('act', ({ act }) => void agent.say(act));
actor.on('reload', () => {
  agent.close();
  location.reload();
});
actor.start();

const stillHere = createStaySignal(
  () => performance.now(),
  () => actor.send({ type: 'touched' }),
);
for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) addEventListener(kind, stillHere, { passive: true });
// A kiosk has no context menu, and nothing on it is dragged.
addEventListener('contextmenu', (event) => event.preventDefault());
addEventListener('dragstart', (event) => event.preventDefault());

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <GlassProvider actor={actor}>
      <App />
    </GlassProvider>,
  );
