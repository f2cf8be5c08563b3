/**
 * 歩き: one use as chance will have it, but only by what the screen’s own machine allows: mostly on to the paper, now and then anything else that
 * can be pressed or done with one’s hands; and at one screen a device breaks. When the walk is over, staff have come and the machine is at ① again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { VirtualCard } from '@machikado/card';
import type { Press } from '@machikado/kiosk-screen';
import type { Scene } from '@machikado/protocol';
import type { ScreenName } from '@machikado/ui';
import type { Dice } from '../storm/dice.ts';
import { type DeviceFaultName, type Devices, deviceFaults, repair } from './front.ts';
import { callOf } from './in-page.ts';
import type { Shadow } from './shadow.ts';
import type { Hands } from './visit.ts';

export interface Walk {
  readonly dice: Dice;
  readonly shadow: Shadow;
  /** Of the machine as it stands now: after a power cut others. */
  machine(): { readonly devices: Devices; readonly hands: Hands };
  /** 停電: the agent dies in the middle of whatever it does, and is started again. */
  cutPower(): Promise<void>;
  readonly card: VirtualCard;
  readonly pin: string;
}

export interface Walked {
  /** What the glass said at the end, if it had to say anything. */
  readonly end: Scene | undefined;
  readonly endText: string;
  readonly moves: readonly string[];
  readonly powerWasCut: boolean;
}

export const walkScreens = [
  ...(['card', 'municipality', 'pin', 'card-away', 'kind', 'scope', 'items', 'copies', 'confirm'] as const),
  ...(['pay', 'print', 'take-paper', 'receipt'] as const),
] as const satisfies readonly ScreenName[];

const POWER_CUT = 'the power is cut';
const faultNames = Object.keys(deviceFaults) as DeviceFaultName[];

/** Then somebody takes them by the hand. */
const MOVES_MAX = 60;
const STUCK = 400;
const LOOKS = 80;
const LOOK_MS = 100;
/** The pace of a finger, when nothing on the glass has to change; nothing depends on it. */
const PACE_MS = 100;

const withHands = ['lay down a card', 'take the card', 'insert', 'take the paper', 'another card'] as const;
type Deed = (typeof withHands)[number] | 'wait' | 'call staff';
type Move = Press | Deed;

/** What leads on, the first that is allowed. */
const onward: Readonly<Record<ScreenName, readonly (Press['type'] | Deed)[]>> = {
  disconnected: ['wait'],
  menu: ['begin', 'call staff'],
  card: ['lay down a card'],
  municipality: ['municipality'],
  region: ['back'],
  prefecture: ['back'],
  'town-list': ['back'],
  pin: ['last-try', 'digit'],
  busy: ['wait'],
  'card-away': ['take the card'],
  kind: ['next', 'kind'],
  'kind-group': ['next', 'kind'],
  scope: ['next', 'scope'],
  persons: ['next', 'person'],
  year: ['next', 'year'],
  items: ['next'],
  caution: ['agree'],
  copies: ['next'],
  confirm: ['order'],
  pay: ['pay', 'insert'],
  print: ['wait'],
  'take-paper': ['take the paper', 'taken'],
  receipt: ['done'],
  ended: ['done', 'take the card'],
};

export async function walk(parts: Walk): Promise<Walked> {
  const { dice, shadow, machine } = parts;
  const fault = dice.pick<DeviceFaultName | typeof POWER_CUT>([...faultNames, POWER_CUT]);
  const faultAt = dice.pick(walkScreens);
  const moves: string[] = [];
  const mischief = dice.pick([0.02, 0.05, 0.2]);
  let end: Scene | undefined;
  let endText = '';
  let begun = false;
  let broken = false;
  for (let n = 0; !(begun && shadow.screen === 'menu'); n += 1) {
    if (n > STUCK) throw new Error(`stuck at ${shadow.screen}: ${moves.slice(-20).join(', ')}`);
    const { screen, scenes } = shadow;
    await pageFollows(shadow);
    if (shadow.screen !== screen) continue;
    if (screen === 'ended' || screen === 'receipt') {
      const { scene } = shadow;
      // No body: the page is loading itself anew for the next person.
      const text = await shadow.ask<string | null>('document.body?.innerText ?? null');
      if (text === null || shadow.screen !== screen) continue;
      end = scene ?? end;
      endText = text;
    }
    if (!broken && begun && screen === faultAt) {
      broken = true;
      moves.push(`! ${fault}`);
      if (fault === POWER_CUT) {
        await parts.cutPower();
        continue;
      }
      deviceFaults[fault](machine().devices);
    }
    if (n === MOVES_MAX) repair(machine().devices);
    begun ||= screen !== 'menu' && screen !== 'disconnected';
    const move = nextMove(parts, n > MOVES_MAX ? 'hurry' : mischief);
    moves.push(`${screen}: ${nameOf(move)}`);
    await make(move, parts);
    await Promise.race([shadow.heard(scenes), sleep(move === 'wait' ? 10 * PACE_MS : paceOf(move))]);
  }
  const { devices, hands } = machine();
  repair(devices);
  await hands.takeCard();
  hands.takePaper();
  return { end, endText, moves, powerWasCut: broken && fault === POWER_CUT };
}

const nameOf = (move: Move) =>
  typeof move === 'string' ? move : `${move.type} ${move.type === 'digit' ? '' : move.value}`;
/** Presses within ③ and ⑥–⑩ change the glass by themselves. */
const paceOf = (move: Move) =>
  typeof move !== 'string' &&
  [
    'next',
    'kind',
    'group',
    'scope',
    'person',
    'year',
    'item',
    'copies',
    'correct',
    'other',
    'region',
    'prefecture',
    'row',
  ].includes(move.type)
    ? 0
    : PACE_MS;

function nextMove(parts: Walk, mood: number | 'hurry'): Move {
  const hurry = mood === 'hurry';
  const { dice, shadow } = parts;
  const { devices } = parts.machine();
  const presses = shadow.presses();
  const { scene } = shadow;
  if (scene?.step === 'print' && scene.waitsFor && (hurry || dice.chance(0.3))) return 'call staff';
  if (mood !== 'hurry' && dice.chance(mood)) {
    const rest = presses.filter(({ type }) => !['language', 'text-size', 'contrast'].includes(type));
    return dice.chance(0.25) || rest.length === 0 ? dice.pick(withHands) : dice.pick(rest);
  }
  // Whoever has wandered long enough goes home, as soon as the machine lets go.
  const quit = hurry ? presses.find(({ type }) => type === 'quit' || type === 'stay') : undefined;
  if (quit) return quit;
  for (const wanted of onward[shadow.screen]) {
    if (wanted === 'digit') return nextDigit(parts);
    if (wanted === 'insert' && devices.coinUnit.look().jammed) return 'wait';
    if (wanted === 'take the paper' && scene?.step === 'take-paper' && scene.paperTaken) continue;
    const allowed = presses.filter(({ type }) => type === wanted);
    const [usual] = allowed;
    // A card that somebody laid down meanwhile keeps ⑭ there.
    if (wanted === 'done' && dice.chance(0.3)) return 'take the card';
    if (usual) return dice.chance(0.8) ? usual : dice.pick(allowed);
    if (wanted === 'wait' || wanted === 'call staff' || (withHands as readonly string[]).includes(wanted))
      return wanted as Deed;
  }
  return 'wait';
}

function nextDigit({ shadow, pin }: Walk): Move {
  const digits = shadow.scene?.step === 'pin' ? shadow.scene.digits : 0;
  return { type: 'digit', value: pin[digits] ?? '0' };
}

async function make(move: Move, { dice, shadow, machine, card }: Walk): Promise<void> {
  const { devices, hands } = machine();
  if (typeof move !== 'string') {
    if (await pressNow(shadow, move)) shadow.press(move);
    return;
  }
  if (move === 'lay down a card' && shadow.scene?.step === 'card' && shadow.scene.cards === 'none') hands.layDown(card);
  else if (move === 'another card') hands.layDown(card);
  else if (move === 'take the card') await hands.takeCard();
  else if (move === 'insert') hands.insert(dice.pick([10, 50, 100, 100, 500, 1000]));
  else if (move === 'take the paper') hands.takePaper();
  else if (move === 'call staff') repair(devices);
}

const markOf = ({ type, value }: Press) =>
  type === 'digit' || value === '' ? `[data-act="${type}"]` : `[data-act="${type}"][data-value="${value}"]`;

/** false: it is not there any more, because another scene came. */
function pressNow({ ask }: Shadow, press: Press): Promise<boolean> {
  const [mark, words] = [markOf(press), press.type === 'digit' ? press.value : null].map((one) => JSON.stringify(one));
  return ask(`(() => {
    const found = [...document.querySelectorAll(${mark})].find((one) => ${words} === null || one.textContent === ${words});
    if (!found || found.disabled) return false;
    found.click();
    return true;
  })()`);
}

/** The page shows what the machine shows, and offers every kind of press that it allows, and no other. */
async function pageFollows(shadow: Shadow): Promise<void> {
  let difference = '';
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const { scenes } = shadow;
    const allowed = [...new Set(shadow.presses().map(({ type }) => type))].sort().join(' ');
    const wanted = `${shadow.screen}: ${allowed}`;
    const look = shadow.ask<string>(callOf('comes-to-show', 'comesToShow', { wanted, withinMs: LOOK_MS }));
    const shown = await Promise.race([look, shadow.heard(scenes)]);
    if (shown === wanted) return;
    if (shown) difference = `the page shows “${shown}”, the machine “${wanted}”`;
  }
  throw new Error(difference);
}
