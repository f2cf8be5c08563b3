/** Each screen in one of the seven languages, the longest sentences in all. (All of them in all: e2e/screens.long.test.ts.) */
import { describeScreensInTurn } from './describe-screens.ts';

describeScreensInTurn();
