import type { EngineRecipe, PackCatalogue, PackRecipe } from './pack-recipe.ts';

/**
 * The engine is libvosk (Apache-2.0), from the archive its makers publish on npm. sherpa-onnx was
 * weighed and left out: its published binaries contain code under the GPL (eSpeak NG), and no model
 * for it is published with terms and a hash that could be pinned here.
 */
const VOSK = {
  url: 'https://registry.npmjs.org/vosk/-/vosk-0.3.39.tgz',
  sizeBytes: 23_894_646,
  sha256: 'f0acfb81236e492f29193ffbd1029204cd0af7107fca4e5e5a410432b3291ad3',
};

/** Where its libraries lie in the archive, by platform and processor as Node names them. */
const LIBRARIES: Readonly<Record<string, Pick<EngineRecipe, 'library' | 'beside'>>> = {
  'linux-x64': { library: 'package/lib/linux-x86_64/libvosk.so', beside: [] },
  'darwin-x64': { library: 'package/lib/osx-universal/libvosk.dylib', beside: [] },
  'darwin-arm64': { library: 'package/lib/osx-universal/libvosk.dylib', beside: [] },
  'win32-x64': {
    library: 'package/lib/win-x86_64/libvosk.dll',
    beside: [
      'package/lib/win-x86_64/libgcc_s_seh-1.dll',
      'package/lib/win-x86_64/libstdc++-6.dll',
      'package/lib/win-x86_64/libwinpthread-1.dll',
    ],
  },
};

/**
 * The small models of Alpha Cephei (https://alphacephei.com/vosk/models). Their makers publish no
 * hashes: these are the ones that several independent projects pinned for the same files, with the
 * same sizes (Yocto and Arch recipes, installers, apps).
 */
const PACKS: readonly PackRecipe[] = [
  model(
    'en-us-small',
    'English',
    ['en-US'],
    'small-en-us-0.15',
    41_205_931,
    '30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498',
  ),
  model(
    'de-small',
    'German',
    ['de-DE'],
    'small-de-0.15',
    46_499_967,
    'b7e53c90b1f0a38456f4cd62b366ecd58803cd97cd42b06438e2c131713d5e43',
  ),
  model(
    'es-small',
    'Spanish',
    ['es-ES'],
    'small-es-0.42',
    39_817_833,
    '09b239888f633ef2f0b4e09736e3d9936acfd810bc65d53fad45261762c6511f',
  ),
  model(
    'fr-small',
    'French',
    ['fr-FR'],
    'small-fr-0.22',
    42_233_323,
    'cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad',
  ),
  model(
    'it-small',
    'Italian',
    ['it-IT'],
    'small-it-0.22',
    49_665_141,
    '9ec65e75861d1c6c2e457cccd932705340dcdf233f5b239f00733b4de0bf3267',
  ),
  model(
    'nl-small',
    'Dutch',
    ['nl-NL'],
    'small-nl-0.22',
    40_441_176,
    '039811c3b829de64e4f123a9f684a53784005b212a346ac0b899dc7efce2ed0a',
  ),
  model(
    'pt-small',
    'Portuguese',
    ['pt-BR'],
    'small-pt-0.3',
    32_453_112,
    '6e1ce909032e1afa7a88e68a3d628ecafff302bdf195befab308826c395e93b7',
  ),
];

/** What can be fetched for this kind of computer. @param arch the processor, as Node names it */
export function builtInCatalogue(platform: string, arch: string): PackCatalogue {
  const library = LIBRARIES[`${platform}-${arch}`];
  return { engine: library === undefined ? null : { ...VOSK, ...library }, packs: PACKS };
}

function model(
  id: string,
  title: string,
  languages: string[],
  name: string,
  sizeBytes: number,
  sha256: string,
): PackRecipe {
  const url = `https://alphacephei.com/vosk/models/vosk-model-${name}.zip`;
  return { id, title, languages, licence: 'Apache-2.0', model: { url, sizeBytes, sha256 } };
}
