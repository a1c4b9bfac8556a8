import type { CallQuality } from '../../electron/core/quality.ts';
import { qualityRows, qualitySentence } from './quality-words.ts';

type QualityListProps = { readonly quality: CallQuality; readonly live: boolean };

/** How the sound of a call goes: the grade with its cause, then everything measured. */
export function QualityList({ quality, live }: QualityListProps) {
  return (
    <>
      <p className="quality-says">{qualitySentence(quality, live)}</p>
      <dl className="quality-rows">
        {qualityRows(quality, live).map(({ name, value, means }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd className="second">{means}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
