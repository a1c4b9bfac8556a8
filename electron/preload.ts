import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { CHANNELS, type EarshotApi, type Pushes, SOUND_PORT } from './ipc/contract.ts';

/** Listens to one kind of push; the raw event, which leads to the main process, stays here. */
function listen<Name extends keyof Pushes>(
  name: Name,
  listener: (value: Pushes[Name]) => void,
): () => void {
  const relay = (_event: IpcRendererEvent, value: Pushes[Name]): void => listener(value);
  ipcRenderer.on(CHANNELS[name], relay);
  return () => ipcRenderer.off(CHANNELS[name], relay);
}

/** A value that the shell passes to the window on its command line. */
function passed(name: string): string {
  const prefix = `--${name}=`;
  return process.argv.find(argument => argument.startsWith(prefix))?.slice(prefix.length) ?? '';
}

function platform(): EarshotApi['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
}

/** The page's own window. A port cannot cross the bridge; it goes to the page as a message. */
declare const window: {
  readonly location: { readonly origin: string };
  readonly postMessage: (message: string, origin: string, ports: readonly unknown[]) => void;
};

ipcRenderer.on(CHANNELS.soundPort, ({ ports }) => {
  window.postMessage(SOUND_PORT, window.location.origin, ports);
});

contextBridge.exposeInMainWorld('earshot', {
  platform: platform(),
  version: passed('earshot-version'),
  run: command => ipcRenderer.invoke(CHANNELS.run, command),
  snapshot: () => ipcRenderer.invoke(CHANNELS.snapshot),
  waveform: (callId, zoom, first, count) =>
    ipcRenderer.invoke(CHANNELS.waveform, callId, zoom, first, count),
  saveAs: name => ipcRenderer.invoke(CHANNELS.saveAs, name),
  joinSound: () => ipcRenderer.invoke(CHANNELS.joinSound),
  onState: listener => listen('state', listener),
  onSignals: listener => listen('signals', listener),
  onShowCall: listener => listen('showCall', listener),
  onOffered: listener => listen('offered', listener),
} satisfies EarshotApi);
