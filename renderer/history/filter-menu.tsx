import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';

type FilterMenuProps<Value extends string> = {
  readonly label: string;
  /** What is chosen; null lets all through. */
  readonly value: Value | null;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChange: (value: Value | null) => void;
};

/** Stands for no filter in a menu; no filter is called so. */
const ANY = '';

/** A filter with a few values, in a menu. */
export function FilterMenu<Value extends string>(props: FilterMenuProps<Value>) {
  const { label, value, options, onChange } = props;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button small quiet filter" data-on={value !== null}>
        {label}
        <ChevronDown size={12} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="start"
          sideOffset={6}
          collisionPadding={{ top: 48, right: 8, bottom: 60, left: 8 }}
        >
          <DropdownMenu.RadioGroup
            value={value ?? ANY}
            onValueChange={next =>
              onChange(options.find(([option]) => option === next)?.[0] ?? null)
            }
          >
            <DropdownMenu.RadioItem className="menu-item" value={ANY}>
              <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
              Any
            </DropdownMenu.RadioItem>
            {options.map(([option, name]) => (
              <DropdownMenu.RadioItem key={option} className="menu-item" value={option}>
                <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
                <span className="cut">{name}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
