import type { Sentences } from './dictionary.ts'

export const componentSummaries: Sentences = {
  'Finds the running containers of a Docker engine.': 'Docker 엔진에서 실행 중인 컨테이너를 찾습니다.',
  'Rewrites or drops discovered targets by rules, in order.': '발견한 타깃을 규칙에 따라 차례로 고쳐 쓰거나 버립니다.',
  'Makes the content of a file available to other components.': '파일의 내용을 다른 컴포넌트가 쓸 수 있게 합니다.',
  'Finds the files that match patterns such as `/var/log/**/*.log`.':
    '`/var/log/**/*.log` 같은 패턴에 맞는 파일을 찾습니다.',
  'Writes every log line it receives to the log of Weir itself.': '받은 로그 줄을 모두 Weir 자신의 로그에 씁니다.',
  'Parses, changes, filters and counts log lines, stage by stage.':
    '로그 줄을 스테이지별로 해석하고, 바꾸고, 거르고, 셉니다.',
  'Rewrites or drops the labels of log streams by rules, in order.':
    '로그 스트림의 레이블을 규칙에 따라 차례로 고쳐 쓰거나 버립니다.',
  'Reads the logs of Docker containers, every line once.':
    'Docker 컨테이너의 로그를 한 줄도 빠짐없이 한 번씩 읽습니다.',
  'Reads lines from files, through rotation and truncation.': '파일이 교체되거나 잘려도 이어서 줄을 읽습니다.',
  'Sends log lines to Loki, and keeps them on disk until they arrived.':
    '로그 줄을 Loki로 보내고, 도착할 때까지 디스크에 보관합니다.',
  "Writes what arrives into Weir's own log.": '받은 것을 Weir 자신의 로그에 씁니다.',
  'Sends traces, metrics and logs over OTLP/gRPC, keeping them on disk until the server has taken them.':
    '트레이스, 메트릭, 로그를 OTLP/gRPC로 보내고, 서버가 받을 때까지 디스크에 보관합니다.',
  'Sends traces, metrics and logs over OTLP/HTTP, keeping them on disk until the server has taken them.':
    '트레이스, 메트릭, 로그를 OTLP/HTTP로 보내고, 서버가 받을 때까지 디스크에 보관합니다.',
  'Merges small requests into larger ones; senders are answered once the merged batch was taken.':
    '작은 요청을 큰 요청으로 합칩니다. 합친 배치가 받아들여진 뒤에 보낸 쪽에 응답합니다.',
  'Keeps a share of spans and log records, chosen by trace ID so that all parts of a trace fare alike.':
    '스팬과 로그 레코드의 일부만 남깁니다. 트레이스 ID로 고르므로 한 트레이스는 통째로 남거나 버려집니다.',
  'Takes traces, metrics and logs from OpenTelemetry SDKs and collectors over gRPC and HTTP.':
    'OpenTelemetry SDK와 수집기에서 트레이스, 메트릭, 로그를 gRPC와 HTTP로 받습니다.',
  'Writes the metrics it receives to the log.': '받은 메트릭을 로그에 씁니다.',
  'Offers the metrics of the collector itself as a target.': '수집기 자신의 메트릭을 타깃으로 내놓습니다.',
  'Rewrites or drops the labels of metrics by rules, in order.':
    '메트릭의 레이블을 규칙에 따라 차례로 고쳐 쓰거나 버립니다.',
  'Sends metrics to servers that take Prometheus remote write, and keeps them on disk until they arrived.':
    'Prometheus remote write를 받는 서버로 메트릭을 보내고, 도착할 때까지 디스크에 보관합니다.',
  'Pulls Prometheus metrics from targets at a fixed interval.':
    '정해진 간격으로 타깃에서 Prometheus 메트릭을 가져옵니다.',
  'Protects the HTTP server of the collector.': '수집기의 HTTP 서버를 보호합니다.',
  'Allows watching the data that passes a component.': '컴포넌트를 지나는 데이터를 지켜볼 수 있게 합니다.',
  'Sets the level and format of the log Weir writes about itself.':
    'Weir가 자신에 대해 쓰는 로그의 수준과 형식을 정합니다.',
  'Configures the traces Alloy writes about itself; Weir checks and keeps it.':
    'Alloy가 자신에 대해 쓰는 트레이스를 설정합니다. Weir는 검사하고 보관만 합니다.',
}
