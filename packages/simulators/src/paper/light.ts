/** 照明 (lighting): it falls off over the picture, and a phone throws a round shadow. A factor for each place, in lines. */
import type { Chance } from './chance.ts';
import type { FlatbedParameters, PhoneParameters } from './channel-parameters.ts';
import type { PageSize } from './viewpoint.ts';

/** Fills `line` with the light on line `v`. */
export type Light = (v: number, line: Float32Array) => void;

export function lightOn(
  { width, height }: PageSize,
  camera: FlatbedParameters | PhoneParameters,
  chance: Chance,
): Light {
  const { shade } = camera;
  const angle = chance.unit() * 2 * Math.PI;
  const across = Math.cos(angle) / width;
  const along = Math.sin(angle) / height;
  const cx = chance.unit() * width;
  const cy = chance.unit() * height;
  const reach = (Math.hypot(width, height) * chance.between(0.3, 0.5)) ** 2;
  const shadow = camera.kind === 'phone' ? shade / 2 : 0;
  return (v, line) => {
    const fall = 1 - (shade / 2) * (1 - (v - height / 2) * along + (width / 2) * across);
    for (let u = 0; u < width; u += 1) {
      let light = fall + (shade / 2) * u * across;
      const far = ((u - cx) ** 2 + (v - cy) ** 2) / reach;
      if (far < 1) light *= 1 - shadow * (1 - far);
      line[u] = light;
    }
  };
}
