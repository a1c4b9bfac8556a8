import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';

type PickMenuProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChange: (value: string) => void;
  /** `field`: as wide as a form field. `bar`: small, in a line of text. */
  readonly look?: 'field' | 'bar';
};

/** The menu keeps this far from the edges of the window, in pixels; below is the reach bar. */
const CLEAR_OF_REACH_BAR = { top: 8, right: 8, bottom: 60, left: 8 };

/** One of several values, the others in a menu. */
export function PickMenu({ label, value, options, onChange, look = 'field' }: PickMenuProps) {
  const byPointer = useRef(false);
  const current = options.find(([option]) => option === value)?.[1] ?? value;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={look === 'bar' ? 'device' : 'select'}
        aria-label={`${label}: ${current}`}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
      >
        <span className="cut">{current}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        align={look === 'bar' ? 'start' : 'end'}
        sideOffset={6}
        collisionPadding={CLEAR_OF_REACH_BAR}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
          {options.map(([option, name]) => (
            <DropdownMenu.RadioItem key={option} className="menu-item" value={option}>
              <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
              <span className="cut">{name}</span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
