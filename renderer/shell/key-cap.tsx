import { platform } from '../earshot.ts';
import { type KeyAct, keysOf } from '../keys/key-table.ts';

type KeyCapProps = { readonly of: KeyAct };

/** The key of an act, beside its name. Screen readers hear it from the control's own shortcut. */
export function KeyCap({ of }: KeyCapProps) {
  return (
    <span className="key" aria-hidden="true">
      {keysOf(of, platform)}
    </span>
  );
}
