/** Why a command that would change a setting is not carried out. Nothing of it crosses a wire: staff read it at their screen. */
export const settingFaults = {
  SETTING_UNKNOWN: 'No setting has this name, or none was set under this number.',
  SETTING_KIND: 'The setting needs other kinds: of those that the municipality issues.',
  SETTING_VALUE: 'The value does not fit the setting.',
  SETTING_DATE: 'No such day or instant, in the past, or upside down.',
  SETTING_LIFTED: 'The setting was lifted, or ends by itself, before that.',
} as const;
export type SettingFault = keyof typeof settingFaults;

export class SettingRefusal extends Error {
  override readonly name = 'SettingRefusal';
  readonly code: SettingFault;

  constructor(code: SettingFault, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

export function refuseSetting(code: SettingFault, detail: string): never {
  throw new SettingRefusal(code, detail);
}
