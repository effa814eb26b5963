/** Everything the window around the features says. */
export const words = {
  product: 'Weir',
  views: { pipeline: 'Pipeline', live: 'Live' },
  navigation: 'Views',
  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  components: (count: number) => `${count} component${count === 1 ? '' : 's'}`,
  failing: (count: number) => `${count} unhealthy`,
  showFailing: 'Show the next unhealthy component',
  states: {
    connecting: 'Connecting…',
    waiting: 'No config applied yet',
    live: 'Live',
    lost: 'Collector does not answer',
  },
  connecting: { title: 'Connecting…', detail: 'Reading the running pipeline.' },
  waiting: {
    title: 'Nothing runs yet',
    detail: 'The collector answers, but no config has been applied. Its log says why.',
  },
  lost: {
    title: 'The collector does not answer',
    detail: 'It may be restarting or may have stopped. This page goes on trying; "weir run FILE" starts it again.',
  },
  empty: {
    title: 'The config has no components',
    detail: 'Add one to the config, for example prometheus.scrape, and reload it.',
  },
  stale: 'The collector does not answer. This is what was seen last; trying again…',
} as const
