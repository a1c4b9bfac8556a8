import { join } from 'node:path';
import { type BrowserWindow, dialog, app as electron } from 'electron/main';

/** Asks with the system's own sheet where to save a file. Resolves to null when it is put away. */
export async function askWhereToSave(window: BrowserWindow, name: string): Promise<string | null> {
  const folder = electron.getPath('downloads');
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    // A name may hold what a path must not.
    defaultPath: join(folder, name.replace(/[\\/:*?"<>|]/g, '-')),
  });
  return canceled || filePath === '' ? null : filePath;
}
