/** Words of a design that another page shows (`src/embed`): they come alone, without those of the app. */
export const embedded = {
  views: { canvas: 'Picture', yaml: 'YAML', trace: 'Trace' },
  open: 'Open in Egress Designer',
  whole: 'Actual size',
  fit: 'Fit',
  nothing: 'There is no request in this link, and no path from a pod to a host to ask along.',
  loading: 'Loading …',
  unknown: 'This goes beyond the tracer: no prediction.',
  steps: 'Steps of the request',
  logs: 'Access logs',
  kinds: { pod: 'Pod', sidecar: 'Sidecar', gateway: 'Gateway', host: 'Host' },
  empty: 'This address holds no design. Copy it anew under Share in Egress Designer.',
  damaged: 'The link is damaged or cut off. Copy it anew from where it came from.',
  newer: 'The link comes from a newer version of Egress Designer. Update the version that is embedded here.',
  long: 'The design in this link is too large to be shown.',
}
