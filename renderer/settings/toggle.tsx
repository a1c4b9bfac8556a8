import { Switch } from 'radix-ui';

type ToggleProps = {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
};

/** A switch with the word for where it stands. */
export function Toggle({ label, on, onChange }: ToggleProps) {
  return (
    <span className="toggle">
      <span className="second" aria-hidden="true">
        {on ? 'on' : 'off'}
      </span>
      <Switch.Root className="switch" aria-label={label} checked={on} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </span>
  );
}
