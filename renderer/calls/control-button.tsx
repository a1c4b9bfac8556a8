import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { KeyAct } from '../keys/key-table.ts';
import { KeyCap } from '../shell/key-cap.tsx';

type ControlButtonProps = Omit<ComponentProps<'button'>, 'onClick' | 'disabled' | 'name'> & {
  readonly name: string;
  readonly Icon: LucideIcon;
  readonly shortcut?: KeyAct;
  readonly pressed?: boolean;
  readonly look?: 'hold' | 'record';
  /** Shown only where there is room for it. */
  readonly place?: 'wide-only';
  /** Why it cannot be pressed; undefined when it can. */
  readonly disabledWhy?: string | undefined;
  readonly onPress?: () => void;
};

/** A control of a call: icon, name and key. Disabled, it says why. */
export function ControlButton({
  name,
  Icon,
  shortcut,
  pressed,
  look,
  place,
  disabledWhy,
  onPress,
  ...rest
}: ControlButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      className={place === undefined ? 'control' : `control ${place}`}
      data-look={look}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      disabled={disabledWhy !== undefined}
      title={disabledWhy}
      {...(onPress === undefined ? {} : { onClick: onPress })}
    >
      <Icon size={16} aria-hidden="true" />
      {name}
      {shortcut === undefined ? null : <KeyCap of={shortcut} />}
    </button>
  );
}
