import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { SoundDevice, SoundSide } from '../../electron/core/sound.ts';
import { showSection } from '../state/navigation.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';

const SYSTEM = 'system';

type DeviceMenuProps = {
  readonly side: 'input' | 'output';
  /** `bar`: small, with `in` or `out` before it. `field`: as wide as a form field. */
  readonly look?: 'bar' | 'field';
};

/** The microphone or the speaker, and the menu to change it. */
export function DeviceMenu({ side, look = 'bar' }: DeviceMenuProps) {
  const devices = useConsole(({ sound }) => (side === 'input' ? sound.inputs : sound.outputs));
  const now = useConsole(({ sound }) => sound[side]);
  const chosen = useConsole(({ settings }) =>
    side === 'input' ? settings.inputDeviceId : settings.outputDeviceId,
  );
  const name = side === 'input' ? 'Microphone' : 'Speaker';
  const current = deviceName(now, devices, chosen);
  const byPointer = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={look === 'bar' ? 'device' : 'select'}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
        aria-label={`${name}: ${current}`}
        title={`${name}: ${current}`}
      >
        {look === 'bar' ? (
          <span className="device-side">{side === 'input' ? 'in' : 'out'}</span>
        ) : null}
        <span className="cut">{current}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        align="end"
        sideOffset={6}
        collisionPadding={8}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        <DropdownMenu.Label className="menu-label">{name}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup
          value={chosen ?? SYSTEM}
          onValueChange={value => choose(side, value === SYSTEM ? null : value)}
        >
          <DeviceItem value={SYSTEM} name={`System default${defaultSuffix(devices)}`} />
          {devices.map(device => (
            <DeviceItem key={device.id} value={device.id} name={device.name} />
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Item className="menu-item" onSelect={() => showSection('sound')}>
          Sound settings
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function DeviceItem({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
      <span className="cut">{name}</span>
    </DropdownMenu.RadioItem>
  );
}

function deviceName(
  side: SoundSide,
  devices: readonly SoundDevice[],
  chosen: string | null,
): string {
  if (side.status === 'open' || side.status === 'ready') return side.device.name;
  if (side.status === 'opening') {
    const wanted = devices.find(({ id, isDefault }) =>
      chosen === null ? isDefault : id === chosen,
    );
    return wanted?.name ?? 'opening';
  }
  return 'none';
}

function defaultSuffix(devices: readonly SoundDevice[]): string {
  const name = devices.find(device => device.isDefault)?.name;
  return name === undefined ? '' : `, ${name}`;
}

function choose(side: 'input' | 'output', id: string | null): void {
  const settings = side === 'input' ? { inputDeviceId: id } : { outputDeviceId: id };
  act({ command: 'change-settings', settings });
}
