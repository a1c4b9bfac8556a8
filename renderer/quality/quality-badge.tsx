import { Popover } from 'radix-ui';
import { type Call, isTalk } from '../../electron/core/call.ts';
import { gradeOf } from '../../electron/core/quality.ts';
import { useQuality } from './call-qualities.ts';
import { QualityList } from './quality-list.tsx';
import { qualityBars } from './quality-words.ts';

type QualityBadgeProps = { readonly call: Call };

const BARS = [1, 2, 3, 4] as const;

/** How good the sound of a call is, in four bars and a word; opens everything that was measured. */
export function QualityBadge({ call }: QualityBadgeProps) {
  const quality = useQuality(call);
  const live = call.status === 'live';
  if (live ? !isTalk(call) : quality === null) return null;
  const grade = quality === null ? null : gradeOf(quality);
  const bars = quality === null ? 0 : qualityBars(quality);
  const title = live ? 'Sound of this call' : 'How the sound was';
  return (
    <Popover.Root>
      <Popover.Trigger
        className="quality-badge"
        data-grade={grade ?? 'unknown'}
        aria-label={`${title}: ${grade ?? 'not measured yet'}`}
        title={title}
      >
        <span className="quality-bars" aria-hidden="true">
          {BARS.map(bar => (
            <span key={bar} data-on={bar <= bars} />
          ))}
        </span>
        <span className="quality-word" aria-hidden="true">
          {grade ?? '…'}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover quality-popover"
          aria-label={title}
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={{ top: 8, right: 12, bottom: 60, left: 12 }}
        >
          <h2>{title}</h2>
          {quality === null ? (
            <p className="second">Not measured yet: sound has to arrive first.</p>
          ) : (
            <QualityList quality={quality} live={live} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
