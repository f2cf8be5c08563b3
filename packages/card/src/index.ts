export { CardAnswerError } from './card-channel.ts';
export {
  type CardFile,
  CardFileError,
  type CardKey,
  chips,
  createCardFile,
  type NewCard,
  type NewCardKey,
  parseCardFile,
} from './card-file.ts';
export { type CardPlace, createCardPlace } from './card-place.ts';
export { type CardTransport, CardTransportError, virtualCardTransport } from './card-transport.ts';
export { cardControl, createCardFrames, toCardFrame } from './card-wire.ts';
export { type Diagnosis, diagnoseCard, type UnusableCause, unusableCauses } from './diagnose-card.ts';
export { type CardSignature, JpkiClient, type PinAnswer } from './jpki-client.ts';
export { type CardAlgorithm, cardAlgorithms, findCardAlgorithm } from './signature-algorithms.ts';
export { type Medium, media, type TokenInfo } from './token-info.ts';
export { VirtualCard } from './virtual-card.ts';
