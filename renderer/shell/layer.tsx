import type { ReactNode } from 'react';
import { showLayer, usePlace } from '../state/navigation.ts';
import type { Layer as LayerName } from '../state/place.ts';
import { Sheet } from './sheet.tsx';

type LayerProps = {
  /** The layers that open this one. */
  readonly of: readonly LayerName[];
  readonly className: string;
  /** Puts the focus on the layer itself. */
  readonly focusSelf?: boolean;
  readonly children: ReactNode;
};

/** A sheet of the window itself, such as the palette or the keys. */
export function Layer({ of, className, focusSelf = false, children }: LayerProps) {
  const open = usePlace(place => place.layer !== null && of.includes(place.layer));
  return (
    <Sheet open={open} onClose={() => showLayer(null)} className={className} focusSelf={focusSelf}>
      {children}
    </Sheet>
  );
}
