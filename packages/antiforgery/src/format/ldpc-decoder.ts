/** Decodes blocks of the two codes of CS v1 from soft bits, by the compiled module; one instance a thread. */
import { headerCode, type LdpcCode, mainCode } from './ldpc-code.ts';
import { openWasmRoom } from './wasm-room.ts';

export interface DecodedBlock {
  /** 0 when the checks do not add up: then `word` is the best guess and nothing more. */
  readonly rounds: number;
  /** Information and parity bits, packed, most significant bit first. */
  readonly word: Uint8Array;
}

/** A soft bit of 1 is this many steps of the decoder’s whole numbers. */
export const softSteps = 32;
/** Leaves room for what the checks add. */
export const softLimit = 4000;
/** For bits that are known to be 0. */
export const certainZero = softLimit / softSteps;

interface LdpcModule {
  decodeBlock(soft: number, messages: number, scratch: number, code: number, roundsMax: number): number;
  hardBits(soft: number, count: number, packed: number): void;
}

const areas = {
  mainCode: 1024,
  headerCode: 1024,
  soft: mainCode.codedBits * 2,
  messages: mainCode.rows.flat().length * mainCode.z * 2,
  scratch: Math.max(...mainCode.rows.map((row) => row.length)) * mainCode.z * 2,
  word: mainCode.codedBits / 8,
};

type Decoder = (code: LdpcCode, soft: Float32Array, roundsMax: number) => DecodedBlock;
let decoder: Decoder | undefined;

/** `soft` is the logarithm of how much likelier 0 is than 1, for each bit of the block. */
export function decodeBlock(code: LdpcCode, soft: Float32Array, roundsMax: number): DecodedBlock {
  decoder ??= openDecoder();
  return decoder(code, soft, roundsMax);
}

function openDecoder(): Decoder {
  const { run, at, bytes } = openWasmRoom<LdpcModule, keyof typeof areas>('ldpc', areas);
  const numbers = new Int32Array(bytes.buffer);
  numbers.set(describe(mainCode), at.mainCode / 4);
  numbers.set(describe(headerCode), at.headerCode / 4);
  const softNumbers = new Int16Array(bytes.buffer, at.soft, mainCode.codedBits);

  return (code, soft, roundsMax) => {
    quantize(soft, softNumbers, code.codedBits);
    const description = code === mainCode ? at.mainCode : at.headerCode;
    const rounds = run.decodeBlock(at.soft, at.messages, at.scratch, description, roundsMax);
    run.hardBits(at.soft, code.codedBits, at.word);
    return { rounds, word: bytes.slice(at.word, at.word + code.codedBits / 8) };
  };
}

/** What is not a number says nothing. */
export function quantize(soft: Float32Array, into: Int16Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = (soft[i] as number) * softSteps;
    into[i] = value > softLimit ? softLimit : value < -softLimit ? -softLimit : value;
  }
}

/** As assembly/ldpc.ts reads a code: z and number of edges; for each check block its number of edges, then column and shift of each. */
function describe({ z, rows }: LdpcCode): Int32Array {
  const edges = rows.flatMap((row) => [row.length, ...row.flatMap(({ column, shift }) => [column, shift])]);
  return Int32Array.from([z, rows.flat().length, ...edges]);
}
