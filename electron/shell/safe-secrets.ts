import { safeStorage } from 'electron/main';
import type { SecretBox } from '../store/account-file.ts';

/**
 * Seals secrets with the keychain, DPAPI or keyring of this system; null where there is none. On Linux
 * Electron would otherwise fall back to a key that everybody knows.
 * Source: https://www.electronjs.org/docs/latest/api/safe-storage
 */
export function safeSecrets(): SecretBox | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
    return null;
  }
  return {
    seal: text => safeStorage.encryptString(text),
    open: sealed => safeStorage.decryptString(Buffer.from(sealed)),
  };
}
