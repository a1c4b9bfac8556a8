import type { LiveCall } from '../../electron/core/call.ts';
import { RecordItems } from '../calls/record-items.tsx';
import { MenuButton } from '../replay/menu-button.tsx';
import { PeopleItems } from './people-items.tsx';

type SupervisedMoreProps = { readonly call: LiveCall };

/** What else can be done with a call of others. */
export function SupervisedMore({ call }: SupervisedMoreProps) {
  return (
    <MenuButton name="More" label="More">
      <RecordItems call={call} />
      <PeopleItems call={call} />
    </MenuButton>
  );
}
