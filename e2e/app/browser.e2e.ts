import { openPage } from '../page/browser.ts'
import { describeWith } from '../required.ts'
import { startUi } from '../ui/ui-process.ts'
import { wholeApp } from './whole-app.ts'

describeWith(['chromium'], 'the whole app in Chromium', () => {
  wholeApp(async (file) => openPage((await startUi([file])).address))
})
