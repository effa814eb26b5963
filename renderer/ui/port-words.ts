/** What ports are called wherever a component is described, for `defineWords`. */
export const portWords = {
  en: {
    takes: 'Takes',
    gives: 'Gives',
    kinds: {
      targets: 'targets',
      metrics: 'metrics',
      logs: 'logs',
      traces: 'traces',
      profiles: 'profiles',
      rules: 'rules',
      other: 'OTLP',
    },
  },
  ko: {
    takes: '받음',
    gives: '내보냄',
    kinds: {
      targets: '타깃',
      metrics: '메트릭',
      logs: '로그',
      traces: '트레이스',
      profiles: '프로파일',
      rules: '규칙',
      other: 'OTLP',
    },
  },
} as const
