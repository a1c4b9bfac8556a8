import { Command } from 'cmdk';
import { ChevronDown, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';

/** One of the values of a menu that is searched. */
export type FindOption = {
  readonly value: string;
  readonly name: string;
  /** What else is known of it. */
  readonly detail?: string;
};

type FindMenuProps = {
  readonly label: string;
  /** What is chosen, as the closed menu shows it. */
  readonly current: string;
  /** The value that is chosen; null when none is. */
  readonly value: string | null;
  readonly hint: string;
  /** What fits a text, the best first. */
  readonly find: (text: string) => readonly FindOption[];
  /** What is said when nothing fits a text. */
  readonly none: (text: string) => string;
  readonly onChoose: (option: FindOption) => void;
  /** `field`: as wide as a form field. `filter`: small, among other filters. */
  readonly look?: 'field' | 'filter';
};

/** One of many values, found by typing. */
export function FindMenu(props: FindMenuProps) {
  const { label, current, value, hint, find, none, onChoose, look = 'field' } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const options = open ? find(text) : [];
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setText('');
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger
        className={look === 'field' ? 'select' : 'button small quiet filter'}
        aria-label={current === label ? label : `${label}: ${current}`}
      >
        <span className="cut">{current}</span>
        <ChevronDown size={look === 'field' ? 14 : 12} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu find-menu"
          aria-label={label}
          align={look === 'field' ? 'end' : 'start'}
          sideOffset={6}
          collisionPadding={{ top: 48, right: 8, bottom: 60, left: 8 }}
        >
          <Command shouldFilter={false} loop label={label}>
            <div className="search">
              <Search size={14} aria-hidden="true" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={hint}
                aria-label={label}
              />
            </div>
            <Command.List>
              {options.length === 0 ? <p className="find-menu-none">{none(text.trim())}</p> : null}
              {options.map(option => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  className="menu-item"
                  onSelect={() => {
                    change(false);
                    onChoose(option);
                  }}
                >
                  <span className="menu-tick" aria-hidden="true">
                    {option.value === value ? '✓' : ''}
                  </span>
                  <bdi className="cut">{option.name}</bdi>
                  {option.detail === undefined ? null : (
                    <span className="second cut find-menu-detail">{option.detail}</span>
                  )}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
