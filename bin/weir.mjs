#!/usr/bin/env node
// The `weir` command: runs the bundle, after building it when this is a checkout whose sources are newer.
import { pathToFileURL } from 'node:url'
import { buildIfStale, bundle } from './build.mjs'

await buildIfStale()
await import(pathToFileURL(bundle).href)
