/** The visitor’s camera: the one on the back of a phone where there is one, as sharp as it can be. Frames stay in the page. */
import { locateFinders } from '@machikado/antiforgery/live-guide';
import type { Frame } from './camera-guide.ts';

const LOOKED_AT_PX = 1000;
const JPEG_QUALITY = 0.92;

export function openCamera(): Promise<MediaStream> {
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 3840 }, height: { ideal: 2160 } };
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

const canvas = document.createElement('canvas');

function drawn(video: HTMLVideoElement, scale: number): CanvasRenderingContext2D | null {
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context;
}

/** undefined: the camera shows nothing yet. */
export function lookAt(video: HTMLVideoElement): Frame | undefined {
  const longSide = Math.max(video.videoWidth, video.videoHeight);
  if (longSide === 0) return undefined;
  const context = drawn(video, LOOKED_AT_PX / longSide);
  if (!context) return undefined;
  const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const grey = new Uint8Array(width * height);
  let sum = 0;
  for (let i = 0; i < grey.length; i++) {
    const light = Math.max(data[4 * i] ?? 0, data[4 * i + 1] ?? 0, data[4 * i + 2] ?? 0);
    grey[i] = light;
    sum += light;
  }
  return { width, height, brightness: sum / grey.length, found: locateFinders({ width, height, data: grey }) };
}

interface PhotoTaker {
  takePhoto(): Promise<Blob>;
}
declare const ImageCapture: (new (track: MediaStreamTrack) => PhotoTaker) | undefined;

/** A still has more pixels than a frame of the film, where the browser can take one. */
export async function takePhoto(video: HTMLVideoElement): Promise<Blob> {
  const [track] = (video.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
  if (track && typeof ImageCapture !== 'undefined') {
    const still = await new ImageCapture(track).takePhoto().catch(() => undefined);
    if (still?.type === 'image/jpeg') return still;
  }
  drawn(video, 1);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no photo'))), 'image/jpeg', JPEG_QUALITY),
  );
}
