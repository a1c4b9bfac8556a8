import { PickMenu } from '../controls/pick-menu.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';
import {
  hostOptions,
  LATENCY_OPTIONS,
  latencyWords,
  PATH_OPTIONS,
  PATH_WORDS,
} from './sound-words.ts';
import { Toggle } from './toggle.tsx';

/** Which way sound takes: the sound card itself, or the window, which cancels echo. */
export function EchoRow() {
  const path = useConsole(state => state.settings.soundPath);
  return (
    <SettingRow name="Echo" about={PATH_WORDS[path]}>
      <PickMenu
        label="Echo"
        value={path}
        options={PATH_OPTIONS}
        onChange={value => {
          const chosen = PATH_OPTIONS.find(([option]) => option === value)?.[0];
          if (chosen !== undefined) changeSettings({ soundPath: chosen });
        }}
      />
    </SettingRow>
  );
}

/** Whether noise is taken out of the own microphone. */
export function NoiseRow() {
  const on = useConsole(state => state.settings.suppressNoise);
  return (
    <SettingRow
      name="Less noise in my microphone"
      about="Fans, typing and the street are taken out before others hear you."
    >
      <Toggle
        label="Less noise in my microphone"
        on={on}
        onChange={suppressNoise => changeSettings({ suppressNoise })}
      />
    </SettingRow>
  );
}

/** How loud other calls are while one is spoken on. */
export function OthersRow() {
  const softer = useConsole(state => state.settings.duckOthers);
  return (
    <SettingRow
      name="Other calls while I talk"
      about="Those you listen to besides the one you speak on."
    >
      <Choice
        label="Other calls while I talk"
        value={softer ? 'softer' : 'same'}
        options={[
          ['softer', 'Softer'],
          ['same', 'As loud'],
        ]}
        onChange={value => changeSettings({ duckOthers: value === 'softer' })}
      />
    </SettingRow>
  );
}

/** How much sound is kept ready. */
export function LatencyRow() {
  const latency = useConsole(state => state.settings.latency);
  return (
    <SettingRow name="Latency" about={latencyWords(latency)}>
      <Choice
        label="Latency"
        value={latency}
        options={LATENCY_OPTIONS}
        onChange={value => changeSettings({ latency: value })}
      />
    </SettingRow>
  );
}

/** Which sound system of the computer is used, where there is more than one and it matters. */
export function SoundSystemRow() {
  const hosts = useConsole(state => state.sound.hosts);
  const host = useConsole(state => state.settings.soundHost);
  if (hosts.length < 2) return null;
  return (
    <SettingRow name="Sound system" about="Try another one when a device is missing or stutters.">
      <PickMenu
        label="Sound system"
        value={host ?? ''}
        options={hostOptions(hosts, host)}
        onChange={value => changeSettings({ soundHost: value === '' ? null : value })}
      />
    </SettingRow>
  );
}
