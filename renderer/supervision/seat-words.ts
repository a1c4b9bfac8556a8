import type { LiveCall } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { Settings } from '../../electron/core/settings.ts';

/** Which way this desk took into a call, as a sentence without its full stop; null while it has no seat. */
export function seatWords(
  { room }: Pick<LiveCall, 'room'>,
  { seatNumber }: Pick<Settings, 'seatNumber'>,
): string | null {
  switch (room?.seat?.way) {
    case undefined:
      return null;
    case 'app':
      return 'Your seat: through the app';
    case 'number':
      return seatNumber === null
        ? 'Your seat: through a second number'
        : `Your seat: through ${formatPhoneNumber(seatNumber)}`;
    case 'phone':
      return 'Your seat: your phone';
  }
}
