/** Words of the dialogs that ask, import, say what is needed, and offer what could not be read. */
export const asking = {
  title: 'Your text and the picture',
  close: 'Close',
  drops: 'Reprint writes the text anew from the picture. It would drop:',
  back: 'Undo brings your text back.',
  and: 'and {n} more',
  reprint: 'Reprint',
  anyway: 'Change my text',
  error: 'Go to the error',
  cancel: 'Cancel',
}

export const previewing = {
  title: 'What the fix changes',
  accept: 'Accept',
  reject: 'Reject',
  undo: 'Undo takes it back.',
  choose: 'Which of them',
  changes: 'What changes in your text',
  nothing: 'Nothing changes in the text.',
  objects: { one: '{n} object changes', other: '{n} objects change' },
  more: { one: 'and {n} more', other: 'and {n} more' },
  keep: 'Keep what is only here',
  take: 'Take {name}',
  leftOut: 'stays as it is',
  new: 'new',
  changed: 'changed',
  gone: 'gone',
  added: 'added: ',
  removed: 'removed: ',
  at: 'Change {n} of {of}',
  next: 'Next change',
  previous: 'Change before',
  picture: 'What changes in the picture',
  same: 'Nothing changes in the picture.',
  canvas: 'The picture with its changes, which the list below names',
  was: 'was {mode}',
}

export const versus = {
  title: 'Compare with …',
  with: 'Compare the text with',
  text: 'another text',
  dialect: 'this picture, written as: {name}',
  before: 'the text before the step: {step}',
  paste: 'YAML to compare with',
  files: 'or its files',
}

export const importing = {
  title: 'Import',
  close: 'Close',
  how: 'Any YAML of Istio, the Gateway API and Kubernetes, several documents or files. Nothing leaves this browser.',
  text: 'YAML to import',
  files: 'Choose files',
  drop: 'or drop them anywhere on the page',
  read: 'Read',
  reading: 'Reading documents: {done} of {of}',
  found: 'What was read',
  verdict: '{errors}, {warnings}',
  notDrawn: 'Not drawn, kept unchanged',
  changes: 'Changes',
  views: 'What is shown',
  accept: 'Accept',
  back: 'Back',
  note: 'It takes the place of the design; undo brings that back.',
  empty: 'Paste some YAML, or choose a file.',
  failed: 'It could not be read:',
  and: 'and {n} more',
}

export const needing = {
  title: 'Before you apply',
  story: 'These commands make what the YAML names and no YAML should hold: Secrets, certificates, mounts. Keys stay on your machine.',
  nothing: 'This design needs nothing beside its YAML.',
  copy: 'Copy',
  done: 'Copied',
  refused: 'Select and copy by hand',
}

export const recovered = {
  damaged: 'The saved design could not be read. It is kept as it was.',
  full: 'The browser’s storage is full: this design is not saved.',
  off: 'The browser allows no storage: this design is not saved.',
  downloadOld: 'Download it',
  downloadDesign: 'Download the design',
  close: 'Close',
}
