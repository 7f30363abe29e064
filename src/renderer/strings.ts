import type { BackendId } from "../shared/domain/learning.ts";

/** "1 patch", "2 patches"; the number comes as it is shown. */
function counted(shown: string, one: string, many: string): string {
  return `${shown} ${shown === "1" ? one : many}`;
}

/** 0.004 → "+0.4", in points. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)}`;
}

/**
 * Every text of the interface in one place, by where it stands. Texts that hold values are functions,
 * so that another language can order them differently.
 */
export const strings = {
  product: "Fieldmark",
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  loading: "Loading",

  header: {
    screens: "Screens",
    screen: { label: "Label", patches: "Patches", progress: "Progress", start: "", "new-project": "" },
    undo: "Undo (Ctrl Z)",
    redo: "Redo (Ctrl ⇧Z)",
    keys: "Keyboard (?)",
    appearance: "Light or dark",
    scheme: { auto: "Like the system", light: "Light", dark: "Dark" },
  },

  project: {
    menu: (name: string) => `Project ${name}`,
    readOnly: "read only",
    export: "Export…",
    import: "Import labels…",
    classes: "Classes and keys…",
    settings: "Settings…",
    rescan: "Look for new imagery",
    close: "Close project",
  },

  status: {
    patches: (count: string) => counted(count, "patch", "patches"),
    confirmed: (count: string) => `${count} confirmed`,
    confirmedTitle: (training: string, validation: string) =>
      `${training} to train on, ${validation} to measure progress on`,
  },

  connection: {
    connecting: "Connecting to Fieldmark …",
    lost: "The connection to Fieldmark is away. Labels are kept here and sent as soon as it is back.",
    refused:
      "Fieldmark no longer accepts this page: it was restarted, or its link was used elsewhere. Start it again and open the new link.",
    interrupted:
      "The connection was lost just then, so it is not known whether that was done. Have a look, and try again if it was not.",
  },

  errors: {
    title: "That did not work",
    showDetails: "Details",
    hideDetails: "Hide details",
    tryAgain: "Try again",
  },

  jobs: {
    left: (time: string) => `${time} left`,
    cancel: (title: string) => `Cancel: ${title}`,
    cancelled: "Cancelled. What was labelled is kept.",
    done: "Done.",
    failedWithoutReason: (title: string) => `${title} failed, and no reason was given. Try again.`,
  },

  engine: {
    starting: "Learning engine is starting …",
    failed: "Learning engine failed",
    nothingFaster: "Nothing on this machine would make it faster.",
  },

  backends: {
    "tensorflow-cpu": "TensorFlow on the CPU",
    "tensorflow-cuda": "TensorFlow on the GPU",
    wasm: "WebAssembly",
  } satisfies Record<BackendId, string>,

  sensors: {
    sentinel2: "Sentinel-2",
    "sentinel2-13": "Sentinel-2, 13 bands",
    "sentinel2-12": "Sentinel-2, 12 bands",
    "sentinel2-10": "Sentinel-2, 10 bands",
    "sentinel2-4": "Sentinel-2, 4 bands",
    "landsat-oli": "Landsat 8 and 9",
    "landsat-tm": "Landsat 4, 5 and 7",
    sentinel1: "Sentinel-1",
    planetscope: "PlanetScope",
    "aerial-rgb": "Aerial, RGB",
    "aerial-rgbn": "Aerial, RGB and near infrared",
    grey: "One band",
    unknown: "Sensor not recognised",
  },

  splits: { pool: "Pool", val: "Validation", test: "Test" },

  pictures: {
    failed: (name: string, missing = false) =>
      missing ? `${name}: its imagery is not found` : `${name}: the picture could not be read`,
    unreadable: "Could not be read",
    missing: "Imagery not found",
    unreachable: "Fieldmark did not answer.",
  },

  start: {
    tagline: "Label an archive of imagery with as few labels as it takes.",
    begin: "Begin",
    newProject: "New project",
    newText: "From a folder of GeoTIFFs",
    open: "Open project",
    openText: "A folder that ends in .fieldmark",
    openTitle: "Open a project",
    demo: "Try the demo",
    demoText: "A small made-up Sentinel-2 archive",
    demoRunning: "Being made, see below …",
    recent: "Recent projects",
    noRecent: "Projects that you open will be listed here.",
    forget: (name: string) => `Take ${name} off the list`,
    version: (version: string) => `Version ${version}`,
  },

  folders: {
    browse: "Browse…",
    path: "Path",
    entries: "Folders",
    empty: "There are no folders here.",
    rasters: (count: number) => counted(String(count), "raster here", "rasters here"),
    choose: "Choose",
    nothing: { folder: "", project: "Choose a project", file: "Choose a file" },
  },

  newProject: {
    title: "New project",
    steps: "Steps",
    leave: "Back to start",
    back: "Back",
    next: "Next",
    create: "Create project",
    creating: (name: string) => `Creating ${name}`,
    step: { imagery: "Imagery", patches: "Patches", classes: "Classes", project: "Name and place" },
    heading: {
      imagery: "Where is the imagery?",
      patches: "What is one patch?",
      classes: "What are you looking for?",
      project: "Name and place",
    },
    text: {
      imagery:
        "Fieldmark reads GeoTIFFs below a folder. It never writes there, and nothing leaves this machine.",
      patches:
        "A patch is what you look at and label as a whole. Small files are patches as they are; scenes are cut.",
      classes:
        "Start from a preset, paste a list, or type. Every class gets a key. Classes can be added and renamed at any time.",
      project: "A project is a folder with your labels and models. Copying the folder copies the work.",
    },
    needsImagery: "Choose a folder with imagery, and look into it.",
    needsClasses: "Add at least one class.",
    keysClash: "Two classes have the same key.",
    needsName: "Give the project a name.",
    badName: "A name can't contain any of \\ / : * ? \" < > |",
    needsParent: "Choose where the project is kept.",
    folder: "Folder",
    folderHelp: "Searched with all its subfolders.",
    look: "Look into it",
    looking: "Reading headers",
    found: {
      title: "What was found",
      sensor: "Sensor",
      scenes: "Scenes",
      scenesValue: (scenes: string, files: string, size: string) =>
        scenes === files
          ? `${counted(scenes, "file", "files")}, ${size}`
          : `${scenes} from ${counted(files, "file", "files")}, ${size}`,
      bands: "Bands",
      bandsValue: (count: number, names: string) => `${count}: ${names}`,
      type: "Data type",
      crs: "Coordinates",
      noCrs: "Not georeferenced",
      quality: "Quality layers",
      sizes: "Sizes in pixels",
      size: (width: number, height: number, count: string) => `${width} × ${height} (${count})`,
      unreadable: (count: number) =>
        `${counted(String(count), "file", "files")} could not be read and will be left out`,
    },
    known: {
      title: "Archive with labels",
      recognised: (name: string) => `This is ${name}`,
      images: (count: string) => counted(count, "labelled image", "labelled images"),
      split: (count: string, split: string) => `${count} ${split}`,
      takeOver: (splits: boolean) => (splits ? "Take over its labels and splits" : "Take over its labels"),
      taken: "Its classes are set, its images are patches, and its labelled images count as confirmed.",
      notTaken: "Every image is then still to be labelled.",
      note: (name: string) =>
        `The classes of ${name}, because its labels are taken over. Colours, keys and order can be changed; the names have to stay until then.`,
      needsWhole: "The labels that are taken over are about whole images: one patch is a whole file.",
      needsClass: (name: string) =>
        `The labels that are taken over need the class “${name}”. Name it so, or leave the labels (step Imagery).`,
      needsSeveral: "The labels that are taken over hold several classes on one patch.",
      willTake: (name: string) => `taken over from ${name}`,
    },
    wholeFiles: "Whole files",
    windows: (size: number) => `${size} × ${size} pixels`,
    patches: {
      mode: "One patch is",
      whole: "A whole file",
      windows: "A window of a scene",
      wholeHelp: "Every file is one patch, whatever its size.",
      size: "Patch size",
      sizeHelp: "Edge of a square window, in pixels of the finest band.",
      stride: "Stride",
      strideHelp: "From one window to the next. Less than the size makes them overlap.",
      edges: "At the right and lower edge",
      shift: "Move inside",
      drop: "Leave out",
      shiftHelp: "The last window is moved back until it fits, and overlaps the one before.",
      dropHelp: "What is left over at the edges belongs to no patch.",
      nodata: (limit: number) => `Leave out patches with more than ${limit} % nodata`,
      clouds: (limit: number) =>
        limit < 100 ? `Leave out patches with more than ${limit} % clouds` : "Keep patches with clouds",
      cloudsHelp: "Where the imagery comes with a cloud mask or another quality layer.",
      about: (count: string) => `about ${count}`,
      fromScenes: (scenes: string) =>
        `patches from ${counted(scenes, "scene", "scenes")}, before nodata and clouds are left out`,
      sketched: (width: number, height: number) => `Drawn to scale: a scene of ${width} × ${height} pixels.`,
      noImagery: "Choose a folder first; then the number of patches is shown here.",
      sketch: (windows: number) => `A scene cut into ${counted(String(windows), "patch", "patches")}`,
    },
    kind: {
      label: "Classes on one patch",
      name: { "multi-label": "Several classes", "single-label": "Exactly one class" },
      onePatch: { "multi-label": "several on one patch", "single-label": "one on each patch" },
      help: {
        "multi-label": "A patch can hold any number of classes, or none.",
        "single-label": "Each patch belongs to one class.",
      },
    },
    classCount: (count: number) => counted(String(count), "class", "classes"),
    name: "Name",
    parent: "Kept in",
    parentHelp: "The project's own folder is made in here.",
    will: {
      folder: "Project folder",
      imagery: "Imagery",
      patches: "Patches",
      classes: "Classes",
      labels: "Labels",
    },
  },

  taxonomy: {
    presets: "Start from a preset",
    paste: "Paste a list",
    pasteLabel: "One class a line",
    add: "Add",
    addMany: (count: number) => `Add ${counted(String(count), "class", "classes")}`,
    addPlaceholder: "Name of a new class",
    empty: "No classes yet. Choose a preset, paste a list, or type a name below.",
    orderHint: "Alt ↑ and Alt ↓ move a class",
    color: "Colour",
    name: "Name",
    key: "Key",
    parent: "Part of",
    actions: "Actions",
    noParent: "–",
    unnamed: "unnamed class",
    nameOf: (number: number) => `Name of class ${number}`,
    colorOf: (name: string) => `Colour of ${name}`,
    parentOf: (name: string) => `${name} is part of`,
    keyOf: (name: string, key: string) => `Key of ${name}: ${key}. Press enter, then the new key.`,
    noKey: "none",
    pressKey: "Press a digit or letter, with or without shift. Delete takes the key away.",
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name}`,
    nameMissing: "A class has no name.",
    nameTwice: (name: string) => `There are two classes named ${name}.`,
  },

  keys: {
    onlySimple: "Only digits and letters, with or without shift.",
    takenByCommand: (_key: string, command: string) => `That key is taken: ${command}.`,
    takenByClass: (_key: string, name: string) => `That key belongs to ${name}.`,
  },

  commands: {
    accept: "Accept the suggestions",
    acceptAndNext: "Accept, confirm and next",
    confirm: "Confirm and next",
    reopen: "Reopen",
    back: "Back to the one before",
    undo: "Undo",
    redo: "Redo",
    flag: "Flag",
    unflag: "Take the flag away",
    skip: "Skip for now",
    none: "None of these",
    copyPrevious: "Labels of the last confirmed one",
    markUnsure: "Next class key: unsure",
    markAbsent: "Next class key: absent",
    composite: "Next composite",
    compositeBack: "Previous composite",
    look: "Adjust stretch, gamma and colours",
    large: "One patch large, or the grid",
    explain: "Show or hide scores and reasons",
    pixelate: "Sharp or smooth pixels",
    larger: "Larger tiles",
    smaller: "Smaller tiles",
    selectAll: "Select all",
    search: "Find a class by name",
    nextRound: "Next round",
    help: "This overview",
    escape: "Clear the selection, leave the large view",
  },

  label: {
    grid: "Patches",
    tile: (name: string, status: string) => `${name}, ${status}`,
    classes: "Classes",
    selected: (count: number) => `${count} selected`,
    findClass: "Find a class ( / )",
    enterLabels: (name: string) => `Enter: ${name}`,
    noClassFound: "No class has that name.",
    classRow: (name: string, state: string) => `${name}: ${state}`,
    state: {
      present: "present",
      absent: "absent",
      unsure: "unsure",
      none: "not reviewed",
      suggested: "suggested",
    },
    status: {
      unseen: "not seen yet",
      "in-progress": "in progress",
      confirmed: "confirmed",
      skipped: "skipped",
    },
    journal: { present: "present", absent: "absent", unsure: "unsure", cleared: "taken back" },
    origin: {
      manual: "by hand",
      implied: "implied",
      suggestion: "suggestion",
      import: "from a file",
      undo: "undo",
    },
    prefix: {
      unsure: "Unsure: now press the key of a class",
      absent: "Absent: now press the key of a class",
    },
    noneOfThese: "None of these",
    flagged: "Flagged",
    controlShort: "random",
  },

  inspector: {
    title: "Patch",
    none: "What is known of a patch is shown here.",
    enlarge: "Show large (G)",
    legend: (name: string, low: string, high: string) => `${name}: colours from ${low} to ${high}`,
    actions: "Actions",
    confirm: "Confirm",
    withKey: (name: string, key: string) => `${name} (${key})`,
    why: "Why this patch",
    show: "Show",
    hide: "Hide",
    rank: (round: number, rank: number, score: string) => `Round ${round}, place ${rank}, score ${score}`,
    reasonFacts: {
      rank: "By score",
      place: (at: string, of: string) => `${at} of ${of} patches`,
      torn: "Torn between",
      tornClass: (name: string, share: number) => `${name} ${share} %`,
      cluster: "Group",
      clusterSize: (size: number) =>
        size > 1 ? `one of ${size} look-alikes among the most uncertain` : "like no other uncertain patch",
      nearest: "Labelled, like it",
      similarity: (share: number) => `${share} % alike`,
      change: "Since the last model",
      changeOf: (name: string, before: number, after: number) => `${name} ${before} → ${after} %`,
      noChange: "nothing much",
    },
    controlRank: (round: number) =>
      `Round ${round}, drawn at random to measure progress; it is not trained on`,
    predictions: "What the model expects, in %",
    fewLabels: (labelled: string) =>
      `Learnt from ${counted(labelled, "labelled patch", "labelled patches")} so far: take it, and the suggestions, as a guess.`,
    prediction: (name: string, share: number) => `${name}, ${share} percent`,
    facts: "About",
    scene: "Scene",
    size: "Size",
    pixels: (width: number, height: number) => `${width} × ${height} pixels`,
    ground: "On the ground",
    groundSize: (width: string, height: string, pixel: string) => `${width} × ${height}, ${pixel} a pixel`,
    about: (size: string) => `about ${size}`,
    center: "Centre",
    crs: "CRS",
    split: "Split",
    history: "History",
    historyTitle: (time: string, annotator: string) => `${time}, ${annotator}`,
    classes: (count: number) => counted(String(count), "class", "classes"),
  },

  view: {
    composite: (name: string) => `Composite: ${name}`,
    cycle: "Go through them",
    custom: "Custom",
    editCustom: "Custom bands…",
    groups: { rgb: "Three bands as colours", index: "Indices", band: "One band" },
    band: "Band",
    channel: { red: "Red", green: "Green", blue: "Blue" },
    suggestions: "Show suggestions",
    tileSize: "Size of the tiles",
    mode: "One or many",
    grid: "Grid (G)",
    large: "One patch large (G)",
  },

  look: {
    title: "How patches are shown",
    open: "Adjust stretch, gamma and colours",
    openAdjusted: "Adjust stretch, gamma and colours (adjusted)",
    openWithKey: "Adjust (L)",
    reset: "Reset",
    stretch: "Stretch",
    methods: {
      percentile: "Percentiles",
      "min-max": "Least to greatest value",
      deviation: "Mean ± standard deviations",
      fixed: "Fixed limits",
    },
    fromPercentile: "From",
    toPercentile: "To",
    deviations: "Standard deviations",
    from: "From",
    to: "To",
    scope: "Measured over",
    scopes: { patch: "Each patch", scene: "Scene", project: "Project" },
    gamma: "Gamma",
    colorMap: "Colours",
    channels: ["Red", "Green", "Blue"],
    channelOf: (channel: string, band: string) => `${channel}: ${band}`,
    ranges: "Values that become the darkest and the brightest",
    range: (low: string, high: string) => `${low} to ${high}`,
  },

  large: {
    previous: "Previous patch",
    next: "Next patch",
    position: (at: string, of: string) => `${at} of ${of}`,
    zoom: "Zoom",
    fit: "Fit",
    pixelated: "Sharp pixels (P)",
    bands: "Bands",
    showBand: (name: string) => `Show band ${name}`,
    profile: "Spectral profile, mean ± standard deviation",
    mean: "Mean",
  },

  round: {
    number: (round: number) => `Round ${round}`,
    progress: "Progress of this round",
    done: (done: string, total: string) => `${done} of ${total}`,
    next: "Next round",
    nextKey: "Next round (⇧N)",
    first: "First round",
    firstTitle: "Which patches first?",
    firstText:
      "Fieldmark proposes a small batch of patches. You label them, it learns, and then asks for those that teach it most.",
    preparing: "Preparing …",
    preparingTitle: "The patches are being chosen",
    preparingText: "This takes a moment the first time, because every patch is looked at once.",
    emptyTitle: "Nothing to label in this round",
    emptyText: "Ask for the next round, or look through all patches.",
    completeTitle: "Everything is labelled",
    completeText: (patches: string) =>
      `All ${counted(patches, "patch is", "patches are")} confirmed or skipped. Train a model to see how well the classes are told apart, look through the patches, or export the dataset.`,
    toProgress: "Go to progress",
    toPatches: "Show the patches",
    ready: (round: number) => `Go to round ${round}`,
    toNewest: "To the newest round",
    dialogTitle: "New round",
    function: "How patches are chosen",
    needsLabels: "Needs a model: confirm a few patches first.",
    budget: "Patches in the round",
    encoder: "Encoder",
    control: (control: number, budget: number) =>
      `${control} of the ${budget} are drawn at random and never trained on, so that progress is measured honestly.`,
    validation: (control: number) =>
      `Progress is measured on the project's validation split. As long as it has unlabelled patches, up to ${control} of the round are drawn from it at random.`,
    noControl: "No patches are drawn at random in this round, so progress is not measured on new ones.",
    start: "Start",
  },

  patches: {
    view: "Show",
    views: {
      all: "All patches",
      unseen: "Not seen yet",
      confirmed: "Confirmed",
      skipped: "Skipped",
      flagged: "Flagged",
    },
    ofClass: "Of class",
    anyClass: "Any class",
    search: "Name",
    total: (count: string) => counted(count, "patch", "patches"),
    noneTitle: "No patches",
    noneText: "Nothing matches these filters. Show all patches, or search for another name.",
  },

  progress: {
    trainingTitle: "The first model is being trained",
    emptyTitle: "No model yet",
    emptyText: "After the first round is labelled, this page shows how well the classes are told apart.",
    trainText:
      "There are confirmed patches to learn from. A model trained on them shows how well the classes are told apart.",
    toLabel: "Go to labelling",
    noModel: "No model was trained yet. The next round trains one on everything that is confirmed.",
    unmeasured:
      "A model was trained, but there is nothing to measure it on yet: confirm some of the patches drawn at random, or import a validation split.",
    noMetrics: "The curve begins with the first measured model.",
    curve: "F1 over labelled patches",
    curveDescription: (points: string) => `Micro F1 by number of labelled patches: ${points}`,
    labeledPatches: "Labelled patches that were trained on",
    microF1: "Micro F1",
    macroF1: "Macro F1",
    mAP: "Mean average precision",
    change: (points: number) =>
      `${points >= 0 ? "+" : "−"}${Math.abs(points).toFixed(1)} points since the last`,
    after: (labeled: string) => `After ${counted(labeled, "labelled patch", "labelled patches")}.`,
    basis: {
      val: (samples: string) =>
        `Measured on the ${samples} confirmed patches of the validation split, which are never trained on.`,
      control: (samples: string) =>
        `Measured on the ${counted(samples, "confirmed patch that was", "confirmed patches that were")} drawn at random and never trained on.`,
      none: () => "Not measured.",
    },
    few: "That is few: take the figures as rough, and expect them to jump.",
    classes: "By class",
    model: "Model trained on",
    labels: (count: number) => counted(String(count), "patch", "patches"),
    column: {
      class: "Class",
      precision: "Precision",
      recall: "Recall",
      f1: "F1",
      averagePrecision: "Avg. precision",
      support: "Patches",
    },
    train: "Train now",
    rounds: "Rounds",
    noRounds: "No rounds yet.",
    withoutModel: "No model yet",
    withModel: "Not measured",
    withModelOf: (share: string) => `Micro F1 ${share}`,
  },

  evaluation: {
    title: "Is it worth going on?",
    band: "Band: 95 % interval, every model measured on all that is labelled by now",
    interval: (low: string, high: string) => `${low} to ${high}`,
    intervalHelp: "95 % interval: which patches were drawn to measure on is left to chance.",
    range: (low: string, high: string) => `${low}–${high}`,
    verdict: {
      "too-early": "Too early to say. Label on: the answer comes with the rounds.",
      rising: "Several of them are worth it.",
      unclear: "Whether several of them are worth it can't be told from so few random patches and rounds.",
      level: "Five of them are expected to add less than a point: labelling on hardly pays.",
    },
    points: (value: number) => `${signed(value)} points`,
    added: (value: number) => `${(100 * value).toFixed(1)} points`,
    pointRange: (low: number, high: number) => `${signed(low)} to ${signed(high)}`,
    next: {
      sentence: (patches: string, points: string, range: string) =>
        `Another round of ${patches} is expected to add ${points} (${range}).`,
      name: (rounds: number, patches: string) => `${rounds} more rounds (${patches} patches)`,
      help: "Micro F1 that the curve promises. With the upper end below a point, labelling on hardly pays: check weak classes, then export.",
      needs: {
        models: "The curve needs four models with different numbers of labels. Go on with the next round.",
        samples: (have: string, needed: string) =>
          `Needs ${needed} confirmed patches that were drawn at random, and there are ${have}. Each round brings some.`,
      },
    },
    flips: {
      name: "Changed by the last model",
      value: (share: string) => `${share} of decisions`,
      kappa: (kappa: string) => `agreement κ ${kappa}`,
      help: (patches: string) =>
        `Present or absent, on ${counted(patches, "patch", "patches")} that no model was trained on. Several rounds with κ of 0.99 and more mean that the model has settled.`,
      none: "Shows from the second model on.",
    },
    gain: {
      name: "Gained over random labels",
      help: (start: string, added: string, samples: string) =>
        `Same start (${start}) plus ${added} labels each, chosen actively or at random, measured on ${counted(samples, "patch", "patches")}. Below zero: try another query function.`,
      fromVal:
        "The random ones are of the validation split: where it lies apart on the ground, that favours them.",
      outdated: "Labels have changed since.",
      ask: "Trains about ten small models on labels that are there. Labelling goes on meanwhile.",
      needs: {
        samples: (have: string, needed: string) =>
          `Not enough random labels yet: ${have} of ${needed}. Each round brings some.`,
        active: (have: string, needed: string) =>
          `Not enough actively chosen labels yet: ${have} of ${needed}. Label a round after the first.`,
      },
      compare: "Compare with random labelling",
      again: "Compare again",
    },
    caution: {
      skipped: (count: string) =>
        `${counted(count, "random patch was", "random patches were")} skipped and ${count === "1" ? "is" : "are"} missing in these figures. Label what can be labelled.`,
      queried: (share: string) =>
        `Queries have taken ${share} of the archive already, mostly the hard part. The figures lie between the whole archive and what is left of it.`,
    },
  },

  export: {
    title: "Export",
    format: "Format",
    folder: "Folder",
    folderHelp:
      "Made if it does not exist; if it holds something already, the export goes into a new folder inside it.",
    what: (confirmed: string) => `${counted(confirmed, "confirmed patch", "confirmed patches")} so far.`,
    nothing: "Nothing is confirmed yet, so there is nothing to export.",
    run: "Export",
    done: "The dataset is written.",
    copy: "Copy path",
    copied: "Copied",
    again: "Export again",
  },

  import: {
    title: "Import labels",
    format: "Format",
    formats: { csv: "CSV", ucmerced: "UC Merced multi-label" },
    formatHelp: {
      csv: "Columns image and one for each class with 1, 0 or nothing; or image, class, state.",
      ucmerced: "The tab-separated table that comes with the dataset.",
    },
    file: "File",
    splits: "Splits (if there are any)",
    splitsHelp:
      "CSV with the columns image and split: pool, val or test. Images that are not named stay out.",
    run: "Import",
  },

  settings: {
    title: "Project settings",
    general: "General",
    classes: "Classes and keys",
    imagery: "Imagery",
    splits: "Splits",
    annotator: "Your name",
    annotatorHelp: "Stands beside each label that you set, on this machine and in exports.",
    implied: "Confirming means: all other classes are absent",
    impliedHelp: "Otherwise untouched classes stay not reviewed, and are neither trained on nor measured.",
    controlEarly: "Drawn at random, rounds 0 to 4",
    controlLate: "Drawn at random, later rounds",
    controlHelp:
      "This share of each round is never trained on and measures progress, unless the project has a validation split.",
    seed: "Seed",
    warmStart: "Train on from the last model",
    warmStartHelp:
      "On: each round goes on from the weights of the last one. Off: each starts anew, which forgets mistakes.",
    seedHelp: "The same seed and the same labels give the same query on the same machine.",
    sceneCount: (count: string) => counted(count, "scene", "scenes"),
    missing: "This folder can't be found. Connect the drive, or move the folder back.",
  },

  sources: {
    state: { available: "Found", missing: "Folder not found" },
    facts: (files: string, size: string, scenes: string, patches: string) =>
      `${counted(files, "file", "files")} (${size}), ${counted(scenes, "scene", "scenes")}, ${counted(patches, "patch", "patches")}`,
    missingFolder:
      "This folder is not where it was. Connect its drive, or say where it was moved to. Labels stay as they are.",
    missingPatches: (count: string) =>
      `${counted(count, "patch has", "patches have")} no imagery: ${count === "1" ? "its file is" : "their files are"} not in the folder any more. Labels stay as they are.`,
    scanned: (time: string) => `Last scan: ${time}`,
    never: "Not scanned by this version yet",
    unfinished: "The last scan was interrupted. The next one goes on where it stopped.",
    check: "Look for changes",
    checking: "Comparing the folder with the project",
    update: "Take changes over",
    goOn: "Go on scanning",
    scanning: "Scanning",
    unchanged: (files: string) =>
      `Nothing changed: ${counted(files, "file", "files")}, all as the project knows them.`,
    found: "What is different in the folder",
    done: "What the last scan found",
    result: {
      patches: (added: string, changed: string) =>
        `${counted(added, "new patch", "new patches")}, ${changed} with new pixels.`,
      embeddings: "Patches with new pixels are encoded again in the next round. Labels stay as they are.",
      nodata: (count: string) => `${counted(count, "window", "windows")} left out: too much nodata.`,
      clouds: (count: string) => `${counted(count, "window", "windows")} left out: too many clouds.`,
    },
    kinds: {
      new: (count: string) => counted(count, "new file", "new files"),
      changed: (count: string) => counted(count, "changed file", "changed files"),
      touched: (count: string) =>
        `${counted(count, "file", "files")} with a new date and the same content (nothing to do)`,
      missing: (count: string) => counted(count, "missing file", "missing files"),
      unreadable: (count: string) => `${counted(count, "file", "files")} that could not be read`,
    },
    more: (count: string) => `… and ${count} more`,
    relocate: "Find moved folder…",
    relocateTitle: "Where is the imagery now?",
    relocateHelp: (folder: string) => `It was in ${folder}. Choose the folder that holds the same files now.`,
    compare: "Compare",
    comparing: "Comparing names, sizes and some content",
    examples: "Examples",
    useAnyway: "Use this folder",
    relocated: "The imagery is found again.",
    banner: (folder: string) => `The imagery folder ${folder} is not found.`,
    bannerMore: (count: number) => `${count} imagery folders are not found.`,
    bannerText: "Labels can be seen and set, but the pictures are missing.",
    tryAgain: "Look again",
  },

  notices: {
    readOnly: "Open for reading only.",
    readOnlyText: "Nothing can be labelled or changed.",
    hide: "Hide this notice",
  },

  splitting: {
    none: "The project has no splits: every patch can be asked for, and progress is measured on the patches that each round draws at random.",
    now: (pool: string, val: string, test: string) => `Now: ${pool} pool, ${val} validation, ${test} test.`,
    withoutSplit: (count: string) =>
      `${counted(count, "patch has", "patches have")} no split (new imagery, or left out for a gap) and ${count === "1" ? "stays" : "stay"} out of queries, training and figures.`,
    method: "What stays together",
    methods: { blocks: "Blocks", scenes: "Scenes", random: "Nothing" },
    methodHelp: {
      blocks:
        "Squares on the ground go into one split as a whole, so that most patches have no neighbour in another. Imagery without coordinates is cut into squares within each scene.",
      scenes: "Whole scenes go into one split; scenes of the same ground at other dates go with them.",
      random:
        "Each place is drawn by itself. Neighbours then show nearly the same in training and test, and figures come out too good.",
    },
    val: "Validation",
    test: "Test",
    blockSize: "Block size",
    blockSizeHelp: (suggested: string) =>
      `Along a side, on the ground. Empty: ${suggested} m, suggested for this archive.`,
    seed: "Seed",
    seedHelp: "The same seed gives the same splits.",
    gap: "Leave a gap",
    gapHelp: "Patches that touch another split are left out of everything.",
    sharesTooLarge: "Validation and test together must leave something for the pool.",
    preview: "Preview",
    looking: "Finding out where the patches lie …",
    legend: (count: string, share: string) => `${count} (${share})`,
    noSplit: "Left out",
    groups: {
      blocks: (count: string, side: string | null) =>
        `${counted(count, "block", "blocks")}${side === null ? "" : ` of ${side} m`}`,
      scenes: (count: string) => counted(count, "group of scenes", "groups of scenes"),
      random: (count: string) => counted(count, "place", "places"),
    },
    sketch: (pool: number, val: number, test: number) =>
      `Map of the patches: ${pool} in the pool, ${val} to validate on, ${test} to test on`,
    simplified: "A square stands for several patches, in the colour of most of them.",
    tight: "No two patches of different splits touch.",
    leaks: (pairs: string) =>
      `The splits leak: ${counted(pairs, "pair", "pairs")} of patches of different splits touch or overlap.`,
    leakPatches: (val: string, test: string, pool: string) =>
      `Concerned: ${val} of validation, ${test} of test, ${pool} of the pool. What was learnt on one side helps on the other, so figures come out too good. Larger blocks make this less, a gap ends it.`,
    examples: "Examples",
    example: (first: string, firstSplit: string, second: string, secondSplit: string) =>
      `${first} (${firstSplit}) – ${second} (${secondSplit})`,
    unplaced: (count: string) =>
      `${counted(count, "patch has", "patches have")} no position on the ground: whether different files show neighbouring places is not known.`,
    effects: "What this means for what is there",
    effect: {
      replaced: (pool: string, val: string, test: string) =>
        `The splits that are there (${pool} pool, ${val} validation, ${test} test) are replaced. Splits that came with the archive can only be had back by importing them again.`,
      trainNoMore: (count: string) =>
        `${counted(count, "confirmed patch leaves", "confirmed patches leave")} the pool: the next model is not trained on ${count === "1" ? "it" : "them"}.`,
      chosenInVal: (count: string) =>
        `${counted(count, "confirmed patch", "confirmed patches")} of the validation split ${count === "1" ? "was" : "were"} chosen by a query, not at random: figures measured on ${count === "1" ? "it" : "them"} are of harder patches than usual.`,
      controlUnused: (count: string) =>
        `${counted(count, "confirmed patch", "confirmed patches")} drawn at random to measure progress ${count === "1" ? "is" : "are"} not measured on any more, and not trained on either.`,
      models: (count: string) =>
        `Figures of the ${counted(count, "model", "models")} so far stay as they were measured, on other patches: the curve before and after can't be compared.`,
      validation: (labelled: string, all: string) =>
        `Progress is measured on the validation split from now on: ${labelled} of its ${counted(all, "patch is", "patches are")} labelled. Each round draws some of the others for labelling.`,
      noValidation:
        "Without a validation split, progress is measured on the patches that each round draws at random.",
      removed:
        "Every patch goes back to the pool, and progress is measured on the patches that each round draws at random.",
    },
    understood: "I know what this means for my labels",
    draw: "Draw splits",
    remove: "Remove splits",
    removing: "Remove the project's splits?",
    drawing: "Drawing splits",
    drawn: "The splits are drawn.",
    readOnly: "The project is open for reading only, so its splits can't be changed.",
    offer: "Draw validation and test splits by blocks on the ground",
    offerHelp:
      "20 % each. Can also be done later, in the settings; labels that are there by then change their use.",
    will: "Splits",
    willDraw: "by blocks on the ground, 20 % validation, 20 % test",
  },

  help: {
    title: "Keyboard",
    labelling: "Labelling",
    deciding: "Going on",
    looking: "Looking",
    selecting: "Selecting",
    moving: "Moving",
    move: "Move",
    extend: "Select while moving",
    mouse: "Shift and Ctrl with a click select, a double click enlarges",
    classes: "Class keys",
    tristate: "A class key sets present, and again takes it back. With Alt it sets absent.",
  },
} as const;
