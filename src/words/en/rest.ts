/** Words of what comes after the first paint. */
import {
  about,
  archive,
  asking,
  designs,
  importing,
  listing,
  needing,
  picturing,
  previewing,
  recovered,
  sharing,
  stored,
  versions,
  versus,
} from './dialogs'
import { comparing, learning, presenting } from './lesson'
import { saying } from './saying'
import { shell } from './shell'
import { runbook, strip } from './strip'
import { describing, yamlPane } from './yaml'

export const rest = {
  ...shell,
  about,
  archive,
  asking,
  comparing,
  describing,
  designs,
  importing,
  learning,
  listing,
  needing,
  picturing,
  presenting,
  previewing,
  recovered,
  runbook,
  saying,
  sharing,
  stored,
  strip,
  versions,
  versus,
  yamlPane,
}
