/** From the config file to the settings in force: reads every key, and fails as a whole when one does not fit. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { treatmentKeysFrom } from '@machikado/antiforgery';
import { fromHex, kidOf, parseAnchors } from '@machikado/pki';
import { certificateKinds } from '@machikado/protocol';
import { readSecret } from '@machikado/server';
import type { CenterConfig } from '../config.ts';
import type { Kiosk, Municipality, Settings } from '../settings.ts';

export function readSettings(config: CenterConfig): Settings {
  const { centerId, keys, jpki, lasts = {} } = config;
  const sealKey = createPrivateKey(readFileSync(keys.sealKeyFile));
  return {
    centerId,
    kiosks: byUnique(config.kiosks.map(toKiosk), ({ kioskId }) => kioskId),
    municipalities: byUnique(config.municipalities.map(toMunicipality), ({ lgCode }) => lgCode),
    keys: {
      directory: readKey(keys.directoryKeyFile),
      proof: readKey(keys.proofKeyFile),
      seal: { privateKey: sealKey, kid: kidOf(sealKey) },
      sheets: treatmentKeysFrom({
        encryptionKeyId: keys.scrambling.id,
        master: readKey(keys.scrambling.keyFile),
        signingKeyId: keys.sheetSigning.id,
        signingKey: createPrivateKey(readFileSync(keys.sheetSigning.keyFile)),
      }),
    },
    jpki: {
      anchors: parseAnchors(jpki.anchorFiles.map(readCert)),
      profile: { policyOids: jpki.policyOids, algorithms: jpki.algorithms },
      ocspMaxAgeMs: jpki.ocspMaxAgeMs ?? 10 * 60_000,
      ocspSkewMs: jpki.ocspSkewMs ?? 60_000,
      ocspUrl: jpki.ocspUrl,
      ocspTimeoutMs: jpki.timeoutMs ?? 3_000,
    },
    lasts: {
      challengeMs: lasts.challengeMs ?? 90_000,
      provenMs: lasts.provenMs ?? 10 * 60_000,
      requestedMs: lasts.requestedMs ?? 60_000,
      sealedMs: lasts.sealedMs ?? 10 * 60_000,
      paidMs: lasts.paidMs ?? 30 * 60_000,
    },
    inquiryUrl: config.inquiryUrl,
    verificationSites: config.verificationSites ?? [],
  };
}

function toKiosk({ test = false, copyWarning = 'middle-gain', ...kiosk }: CenterConfig['kiosks'][number]): Kiosk {
  return { ...kiosk, test, copyWarning };
}

function toMunicipality(town: CenterConfig['municipalities'][number]): Municipality {
  const { bindingKeyFile, bindingSignerFiles, kinds = certificateKinds, test = false, ...rest } = town;
  const signers = bindingSignerFiles.map((file) => createPublicKey(readFileSync(file)));
  return {
    ...rest,
    kinds,
    test,
    bindingKey: readKey(bindingKeyFile),
    bindingSigners: new Map(signers.map((key) => [kidOf(key), key])),
  };
}

function readKey(file: string): Uint8Array {
  const key = fromHex(readSecret(file));
  if (key.length !== 32) throw new RangeError(`not a 256-bit key: ${file}`);
  return key;
}

/** DER or PEM. */
function readCert(file: string): Uint8Array {
  return new Uint8Array(new X509Certificate(readFileSync(file)).raw);
}

function byUnique<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T> {
  const map = new Map(rows.map((row) => [keyOf(row), row]));
  if (map.size !== rows.length) throw new RangeError('the config file names one peer twice');
  return map;
}
