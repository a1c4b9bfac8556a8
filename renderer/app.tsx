import { CallsView } from './calls/calls-view.tsx';
import { RingAlert } from './calls/ring-alert.tsx';
import { Palette } from './dial/palette.tsx';
import { HistoryView } from './history/history-view.tsx';
import { KeySheet } from './keys/key-sheet.tsx';
import { useKeys } from './keys/use-keys.ts';
import { ReachBar } from './reach/reach-bar.tsx';
import { SettingsView } from './settings/settings-view.tsx';
import { ProblemBanner } from './shell/problem-banner.tsx';
import { Rail } from './shell/rail.tsx';
import { TitleBar } from './shell/title-bar.tsx';
import { useAppearance } from './shell/use-appearance.ts';
import { usePlace } from './state/navigation.ts';
import type { View } from './state/place.ts';
import { WallView } from './wall/wall-view.tsx';

const VIEWS: Readonly<Record<View, () => React.JSX.Element>> = {
  calls: CallsView,
  wall: WallView,
  history: HistoryView,
  settings: SettingsView,
};

/** The window: title bar, rail, one view, and the reach bar under everything. */
export function App() {
  useKeys();
  useAppearance();
  const View = VIEWS[usePlace(place => place.view)];
  return (
    <div className="window">
      <TitleBar />
      <ProblemBanner />
      <div className="body">
        <Rail />
        <View />
      </div>
      <ReachBar />
      <Palette />
      <KeySheet />
      <RingAlert />
    </div>
  );
}
