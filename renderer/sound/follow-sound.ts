import type { PageRequest } from '../../electron/core/page-sound.ts';
import { joinSound } from '../earshot.ts';
import { act } from '../state/refusals.ts';
import { createPageSound } from './page-sound.ts';

/** Devices come and go in bursts: one look is enough for all of them. */
const SETTLE_MS = 300;

/** Lends the page's sound to the app, which says when something is to be open. */
export function followPageSound(): void {
  joinSound(port => {
    const sound = createPageSound((report, ports) => port.postMessage(report, [...ports]));
    port.onmessage = ({ data }: MessageEvent<PageRequest>) => sound.ask(data);
  });
}

/** Tells the app that a device was plugged in or out, or that the default changed. */
export function followDevices(): void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  navigator.mediaDevices.addEventListener('devicechange', () => {
    clearTimeout(settling);
    settling = setTimeout(() => act({ command: 'look-for-devices' }), SETTLE_MS);
  });
}
