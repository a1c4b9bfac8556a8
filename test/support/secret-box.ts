import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretBox } from '../../electron/store/account-file.ts';

/** Seals with AES-256-GCM under a key of its own, or the one given. */
export function secretBox(key: Uint8Array = randomBytes(32)): SecretBox {
  return {
    seal: text => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open: sealed => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const opened = [decipher.update(sealed.subarray(28)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    },
  };
}
