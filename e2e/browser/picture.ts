/** One row of the table of pictures: what the glass is told, and what is pressed then. */
import type { Scene, SceneOfStep } from '@machikado/protocol';

export interface Picture {
  readonly name: string;
  readonly scene: SceneOfStep & Pick<Scene, 'endsInSeconds'>;
  /** The buttons that lead there from what the scene shows first: `act`, or `act=value`. */
  readonly press?: readonly string[];
  /** The wire breaks then, because the agent is away (503) or was started anew (401). */
  readonly hangUp?: 401 | 503;
}
