import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

type MenuButtonProps = {
  readonly name: ReactNode;
  readonly label: string;
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  /** Menu items. */
  readonly children: ReactNode;
};

/** The menu keeps this far from the edges of the window, in pixels; below is the reach bar. */
const CLEAR_OF_REACH_BAR = { top: 8, right: 8, bottom: 60, left: 8 };

/** A button that opens a menu of acts, and leaves the focus where it was when it was pressed by pointer. */
export function MenuButton({ name, label, disabled = false, title, children }: MenuButtonProps) {
  const byPointer = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="button small"
        aria-label={label}
        disabled={disabled}
        title={title}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
      >
        {name}
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu tall"
        align="end"
        sideOffset={6}
        collisionPadding={CLEAR_OF_REACH_BAR}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
