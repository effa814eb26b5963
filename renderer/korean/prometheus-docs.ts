import type { Sentences } from './dictionary.ts'

export const prometheusDocs: Sentences = {
  'How to write them.': '쓰는 형식.',
  'Takes the metrics to log.': '로그에 쓸 메트릭을 받습니다.',
  'The one target to scrape.': '스크레이프할 타깃 하나.',
  'Where to send the metrics after relabelling.': '리레이블한 메트릭을 보낼 곳.',
  'How many relabelled label sets to remember; 0 when cache_ttl is used instead.':
    '기억해 둘 리레이블된 레이블 집합의 수. cache_ttl을 쓰면 0입니다.',
  'How long to remember a label set that is not used; 0 to bound the cache by size.':
    '쓰이지 않는 레이블 집합을 기억하는 시간. 0이면 캐시를 크기로 제한합니다.',
  'Takes the metrics to relabel.': '리레이블할 메트릭을 받습니다.',
  'Labels added to every series that does not have them.': '해당 레이블이 없는 모든 시계열에 붙이는 레이블.',
  'Where to send: the remote write URL of Mimir, Prometheus or a compatible server.':
    '보낼 곳: Mimir, Prometheus 또는 호환 서버의 remote write URL.',
  'Names the endpoint in metrics and its queue on disk, which follows a name to another address. By default made from server, user and tenant.':
    '메트릭에 쓰이는 엔드포인트 이름이자 디스크 대기열의 이름. 주소가 바뀌어도 대기열은 이름을 따라갑니다. 기본값은 서버, 사용자, 테넌트로 만듭니다.',
  'Extra request headers; they win over those Weir sets.': '추가 요청 헤더. Weir가 정하는 헤더보다 우선합니다.',
  'Send exemplars.': 'exemplar를 보냅니다.',
  'Send native histograms.': '네이티브 히스토그램을 보냅니다.',
  'The message of the protocol: remote write 1.0 or 2.0.': '프로토콜 메시지: remote write 1.0 또는 2.0.',
  'Choose another address of the host for each connection.': '연결마다 호스트의 다른 주소를 고릅니다.',
  'Items a shard reads ahead into memory; the queue itself is on disk.':
    '샤드가 메모리로 미리 읽는 항목 수. 대기열 자체는 디스크에 있습니다.',
  'Most requests under way at once; Weir never has more than 32.':
    '동시에 보내는 최대 요청 수. Weir는 32개를 넘지 않습니다.',
  'Requests that may be under way at once from the start.': '처음부터 동시에 보낼 수 있는 요청 수.',
  'Most samples, exemplars and histograms in one request.': '한 요청의 최대 샘플, exemplar, 히스토그램 수.',
  'Longest wait between retries. There is no limit on their number.':
    '재시도 사이의 최대 대기 시간. 재시도 횟수에는 제한이 없습니다.',
  'Drop samples that are older; 0 keeps all.': '이보다 오래된 샘플은 버립니다. 0이면 모두 남깁니다.',
  'Request sizes and retries.': '요청 크기와 재시도.',
  'Send type, help and unit of metrics that bring them along.': '메트릭에 딸린 유형, 도움말, 단위를 보냅니다.',
  'How often to repeat metadata that did not change.': '바뀌지 않은 메타데이터를 다시 보내는 간격.',
  'Most metadata entries in one request.': '한 요청의 최대 메타데이터 항목 수.',
  'Sending of metric metadata.': '메트릭 메타데이터 보내기.',
  'Rules applied before sending, after external_labels.': 'external_labels 다음, 보내기 전에 적용하는 규칙.',
  'Amazon request signing.': 'Amazon 요청 서명.',
  'Azure authentication.': 'Azure 인증.',
  'Google authentication.': 'Google 인증.',
  'How often Alloy trims its write-ahead log.': 'Alloy가 미리 쓰기 로그(WAL)를 정리하는 간격.',
  'How long Alloy keeps data at least.': 'Alloy가 데이터를 적어도 보관하는 시간.',
  'How long Alloy keeps data at most.': 'Alloy가 데이터를 길어야 보관하는 시간.',
  'Takes the metrics to send.': '보낼 메트릭을 받습니다.',
  'The targets to scrape.': '스크레이프할 타깃.',
  'Where the metrics go.': '메트릭이 가는 곳.',
  'The `job` of targets that have none; by default the id of the component.':
    '`job`이 없는 타깃의 `job`. 기본값은 컴포넌트의 id입니다.',
  'How often each target is scraped.': '타깃마다 스크레이프하는 간격.',
  'How long one scrape may take; at most the interval.': '스크레이프 한 번의 최대 시간. 간격을 넘을 수 없습니다.',
  'Path of the metrics.': '메트릭의 경로.',
  '`http` or `https`.': '`http` 또는 `https`.',
  'Query parameters.': '쿼리 매개변수.',
  'Prefer the labels a target exposes to its own `job`, `instance` and so on.':
    '타깃이 내놓는 레이블을 자체 `job`, `instance` 등보다 우선합니다.',
  'Use the timestamps a target exposes.': '타깃이 내놓는 타임스탬프를 씁니다.',
  'Mark series with own timestamps stale too when they disappear.':
    '자체 타임스탬프가 있는 시계열도 사라지면 stale로 표시합니다.',
  'Formats to ask for, the preferred first.': '요청할 형식. 선호하는 것부터 적습니다.',
  'Format of answers whose Content-Type says nothing; empty refuses them.':
    'Content-Type이 없는 응답의 형식. 비어 있으면 거부합니다.',
  'Collect native histograms, which needs PrometheusProto.':
    '네이티브 히스토그램을 수집합니다. PrometheusProto가 필요합니다.',
  'Collect the classic buckets of a native histogram too.': '네이티브 히스토그램의 기존 버킷도 수집합니다.',
  'Turn classic histograms into native ones with custom buckets.':
    '기존 히스토그램을 사용자 정의 버킷의 네이티브 히스토그램으로 바꿉니다.',
  'Most buckets of a native histogram; 0 means no limit.': '네이티브 히스토그램의 최대 버킷 수. 0이면 제한이 없습니다.',
  'Merge buckets that grow by less than this factor; 0 turns it off.':
    '이 배수보다 적게 커지는 버킷은 합칩니다. 0이면 끕니다.',
  'Prefer the protobuf format and collect native histograms.':
    'protobuf 형식을 우선하고 네이티브 히스토그램을 수집합니다.',
  'Ask for gzip.': 'gzip을 요청합니다.',
  'Which metric and label names are valid.': '올바른 메트릭과 레이블 이름의 기준.',
  'How a target should escape other names; by default `underscores`, with utf8 `allow-utf-8`.':
    '타깃이 다른 이름을 이스케이프하는 방법. 기본값은 `underscores`, utf8이면 `allow-utf-8`입니다.',
  'Largest answer after decompression; 0 means the built-in bound of 50 MiB.':
    '압축을 푼 응답의 최대 크기. 0이면 내장 한도 50 MiB입니다.',
  'Most samples of an answer; 0 means the built-in bound of 500,000.':
    '응답 하나의 최대 샘플 수. 0이면 내장 한도 500,000개입니다.',
  'Most targets; when there are more, all of them fail. 0 means no limit.':
    '최대 타깃 수. 넘으면 모두 실패합니다. 0이면 제한이 없습니다.',
  'Most labels of a series; 0 means the built-in bound of 64.':
    '시계열 하나의 최대 레이블 수. 0이면 내장 한도 64개입니다.',
  'Longest label name in bytes; 0 means the built-in bound of 1 KiB.':
    '레이블 이름의 최대 바이트 수. 0이면 내장 한도 1 KiB입니다.',
  'Longest label value in bytes; 0 means the built-in bound of 16 KiB.':
    '레이블 값의 최대 바이트 수. 0이면 내장 한도 16 KiB입니다.',
  'Report the timeout, the sample limit and the body size of each scrape too.':
    '스크레이프마다 제한 시간, 샘플 제한, 본문 크기도 보고합니다.',
  'File to log failed scrapes to.': '실패한 스크레이프를 기록할 파일.',
  'Pass on type, help and unit of metrics.': '메트릭의 유형, 도움말, 단위를 전달합니다.',
  'Add the labels __type__ and __unit__.': '__type__과 __unit__ 레이블을 붙입니다.',
  'Add a zero sample where a counter starts.': '카운터가 시작되는 곳에 0 샘플을 넣습니다.',
  'Share the targets with other instances.': '다른 인스턴스와 타깃을 나눕니다.',
  'Sharing the targets within a cluster.': '클러스터 안에서 타깃을 나누는 방법.',
}
