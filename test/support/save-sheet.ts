import type { ConsoleWindow } from './console-window.ts';

/** Has the system's sheet for saving answer by itself; null is a person who leaves it. */
export function answerSaveSheet({ app }: ConsoleWindow, path: string | null): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    const sheet = async () => ({ canceled: chosen === null, filePath: chosen ?? '' });
    dialog.showSaveDialog = sheet as unknown as typeof dialog.showSaveDialog;
  }, path);
}
