import type { Zoom } from '../electron/core/audio/waveform-record.ts';
import type { CallId } from '../electron/core/call.ts';
import type { Command, CommandName } from '../electron/core/commands.ts';
import type { Outcome } from '../electron/core/outcome.ts';
import type { Signals, WaveformPart } from '../electron/core/signals.ts';
import { type ConsoleState, INITIAL_STATE } from '../electron/core/state.ts';
import { type EarshotApi, type Pushes, SOUND_PORT } from '../electron/ipc/contract.ts';
import { createStore, type Store } from './state/store.ts';

declare global {
  interface Window {
    readonly earshot: EarshotApi;
  }
}

/** The operating system. */
export const platform = window.earshot.platform;

/** The version of this app. */
export const version = window.earshot.version;

/** The state as the main process last told it. */
export const consoleStore: Store<ConsoleState> = createStore(INITIAL_STATE);

/** Follows the state of the main process; resolves once the first one is here or cannot be had. */
export async function followState(): Promise<void> {
  let pushed = false;
  window.earshot.onState(state => {
    pushed = true;
    consoleStore.set(state);
  });
  try {
    const state = await window.earshot.snapshot();
    if (!pushed) consoleStore.set(state);
  } catch {
    // The window opens with a line that is starting; the next push tells the truth.
  }
}

/** Calls `listener` with each batch of signals; returns how to stop. */
export function onSignals(listener: (signals: Signals) => void): () => void {
  return window.earshot.onSignals(listener);
}

/** Calls `listener` with each call that the person asked to see outside the window; returns how to stop. */
export function onShowCall(listener: (callId: CallId) => void): () => void {
  return window.earshot.onShowCall(listener);
}

/** Calls `listener` with each number a link offers; returns how to stop. */
export function onOffered(listener: (number: Pushes['offered']) => void): () => void {
  return window.earshot.onOffered(listener);
}

/** A stretch of a call's waveform at one zoom, as the contract tells it; null when there is none. */
export function readWaveform(
  callId: CallId,
  zoom: Zoom,
  first: number,
  count: number,
): Promise<WaveformPart | null> {
  return window.earshot.waveform(callId, zoom, first, count);
}

/** Where to save a file, by the system's own sheet; null when the person thought better of it. */
export function askWhereToSave(name: string): Promise<string | null> {
  return window.earshot.saveAs(name);
}

/** Lends the page's sound to the app. @param onPort takes the port through which it is asked for */
export function joinSound(onPort: (port: MessagePort) => void): void {
  window.addEventListener('message', ({ source, data, ports: [port] }) => {
    if (source === window && data === SOUND_PORT && port !== undefined) onPort(port);
  });
  void window.earshot.joinSound();
}

/** Asks for a command. A main process that does not answer counts as a refusal. */
export async function ask<Name extends CommandName>(
  command: Extract<Command, { command: Name }>,
): Promise<Outcome<Name>> {
  try {
    return await window.earshot.run(command);
  } catch {
    return {
      ok: false,
      problem: {
        kind: 'not-available',
        message: 'Earshot did not answer this request. Calls that are live go on.',
        remedy: 'Try again; if it stays so, quit and open Earshot again.',
      },
    };
  }
}
