import type { LiveCall } from '../../electron/core/call.ts';
import { MODE_NAMES } from './mode-view.ts';

/** The other desks in a call: `Sam (listen), Ivy (whisper)`; empty when this one is alone. */
export function othersWords({ room }: Pick<LiveCall, 'room'>): string {
  const others = room?.others ?? [];
  return others.map(({ name, mode }) => `${name} (${MODE_NAMES[mode].toLowerCase()})`).join(', ');
}
