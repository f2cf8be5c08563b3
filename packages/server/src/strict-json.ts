/**
 * JSON with one meaning only. JSON.parse takes the last of two equal keys, other parsers the first, so a message with both
 * could mean one thing to the center and another to the issuer; it is refused. So are `__proto__`, bytes that are not UTF-8, and absurd depth.
 */
import { parseAroundLongTexts } from './long-texts.ts';

const DEPTH_MAX = 32;

export function parseStrictJson(bytes: Uint8Array): unknown {
  return parseAroundLongTexts(bytes, parseWhole);
}

function parseWhole(bytes: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const value: unknown = JSON.parse(text);
  checkKeys(text);
  return value;
}

/** Walks a text that is known to be JSON: only strings, braces, brackets and commas matter. */
function checkKeys(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let keyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '{':
      case '[':
        keyNext = text[at] === '{';
        if (open.push(keyNext ? new Set() : undefined) > DEPTH_MAX) throw new SyntaxError('nested too deeply');
        break;
      case '}':
      case ']':
        open.pop();
        keyNext = false;
        break;
      case ',':
        keyNext = open.at(-1) !== undefined;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (keyNext) takeKey(open.at(-1), JSON.parse(text.slice(at, end + 1)) as string);
        keyNext = false;
        at = end;
      }
    }
  }
}

function takeKey(keys: Set<string> | undefined, key: string): void {
  if (key === '__proto__') throw new SyntaxError('forbidden key');
  if (keys?.has(key)) throw new SyntaxError('duplicate key');
  keys?.add(key);
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}
