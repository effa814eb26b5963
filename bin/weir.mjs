#!/usr/bin/env node
// The `weir` command: runs the bundle, after building it when this is a checkout whose sources are newer.
import { pathToFileURL } from 'node:url'
import { buildIfStale, bundle } from './build.mjs'

if (!buildIfStale()) process.exit(1)
await import(pathToFileURL(bundle).href)
