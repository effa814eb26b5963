import type { Sentences } from './dictionary.ts'

export const lokiDocs: Sentences = {
  'Takes the lines to write.': '쓸 줄을 받습니다.',
  'Where to send the lines after relabelling.': '리레이블한 줄을 보낼 곳.',
  'How many relabelled label sets to remember.': '기억해 둘 리레이블된 레이블 집합의 수.',
  'Takes the lines to relabel.': '리레이블할 줄을 받습니다.',
  'Containers to read, found by their label `__meta_docker_container_id`.':
    '읽을 컨테이너. `__meta_docker_container_id` 레이블로 찾습니다.',
  'Where the lines go.': '줄이 가는 곳.',
  'Labels for every line; they win over those of the target.': '모든 줄에 붙는 레이블. 타깃의 레이블보다 우선합니다.',
  'Rules applied once to the labels of each container and channel.':
    '컨테이너와 채널마다 레이블에 한 번 적용하는 규칙.',
  'How often the containers are looked at besides after every event.':
    '이벤트가 있을 때 외에 컨테이너를 확인하는 간격.',
  'How to reach an engine behind a network address.': '네트워크 주소에 있는 엔진에 연결하는 방법.',
  'Files to read, each in the label `__path__`.': '읽을 파일. 각각 `__path__` 레이블에 있습니다.',
  'IANA name of the encoding of the files; UTF-8 when absent.': '파일 인코딩의 IANA 이름. 없으면 UTF-8입니다.',
  'Start files that were never read before at their end.': '처음 읽는 파일은 끝에서부터 읽습니다.',
  'Positions of Grafana Agent static mode.': 'Grafana Agent 정적 모드의 읽은 위치.',
  'What to do when the positions cannot be read.': '읽은 위치를 읽을 수 없을 때 할 일.',
  'Pause between two looks at a file that changes.': '바뀌는 파일을 다시 확인하기까지의 시간.',
  'Pause between two looks at a file that does not.': '바뀌지 않는 파일을 다시 확인하기까지의 시간.',
  'How often files are looked at.': '파일을 확인하는 간격.',
  'Treat `__path__` as a pattern.': '`__path__`를 패턴으로 봅니다.',
  'Find files by patterns, as local.file_match does.': 'local.file_match처럼 패턴으로 파일을 찾습니다.',
  'Decompress the files.': '파일의 압축을 풉니다.',
  'How the files are compressed; bz2 is refused.': '파일의 압축 방식. bz2는 거부됩니다.',
  'Wait so long before reading a file, so that it can be completed.':
    '파일이 다 쓰일 수 있도록 읽기 전에 기다리는 시간.',
  'Read compressed files.': '압축된 파일을 읽습니다.',
  'Labels added to every stream that does not have them.': '해당 레이블이 없는 모든 스트림에 붙이는 레이블.',
  'Most streams in one request; lines of further streams are dropped. 0 for any number.':
    '한 요청의 최대 스트림 수. 넘는 스트림의 줄은 버립니다. 0이면 제한이 없습니다.',
  'Where to send: the push URL of Loki, which ends in /loki/api/v1/push.':
    '보낼 곳: Loki의 push URL. /loki/api/v1/push로 끝납니다.',
  'Names the endpoint and its queue on disk, which follows a name to another address. By default made from server, user and tenant.':
    '엔드포인트와 디스크 대기열의 이름. 주소가 바뀌어도 대기열은 이름을 따라갑니다. 기본값은 서버, 사용자, 테넌트로 만듭니다.',
  'Longest wait for a request to fill up.': '요청이 찰 때까지 기다리는 최대 시간.',
  'Bytes of lines and structured metadata in one request.': '한 요청에 담는 줄과 구조화 메타데이터의 바이트 수.',
  'Longest time a request may take.': '요청 하나의 최대 시간.',
  'Wait before the first retry; it doubles from there.': '첫 재시도까지 기다리는 시간. 이후 두 배씩 늘어납니다.',
  'Longest wait between retries.': '재시도 사이의 최대 대기 시간.',
  'Give a request up after so many tries; 0 never. When absent Weir never gives up, where Alloy does after 10.':
    '이만큼 시도한 뒤 요청을 포기합니다. 0이면 포기하지 않습니다. 적지 않으면 Weir는 포기하지 않으며, Alloy는 10번 뒤에 포기합니다.',
  'Tenant of lines that do not bring one; sent as X-Scope-OrgID.':
    '테넌트가 없는 줄의 테넌트. X-Scope-OrgID로 보냅니다.',
  'Retry when the server says that it receives too much.': '서버가 너무 많이 받는다고 할 때 다시 시도합니다.',
  'Bytes a queue may take on disk; 1GiB when absent. Alloy holds 10MiB in memory instead.':
    '대기열이 디스크에서 쓸 수 있는 바이트 수. 적지 않으면 1GiB입니다. Alloy는 대신 메모리에 10MiB를 둡니다.',
  'Most requests of a tenant under way at once, at most 32; each stream keeps its order.':
    '테넌트마다 동시에 보내는 최대 요청 수, 많아야 32. 스트림마다 순서는 지켜집니다.',
  'How long Alloy goes on sending when it ends.': 'Alloy가 끝날 때 계속 보내는 시간.',
  'Let sources wait while the queue is full, rather than drop what they send.':
    '대기열이 가득 차면 버리지 않고 소스를 기다리게 합니다.',
  'The queue on disk.': '디스크의 대기열.',
  'A server to send to; each gets everything.': '보낼 서버. 각 서버가 모든 것을 받습니다.',
  'Whether Alloy keeps a write-ahead log.': 'Alloy가 미리 쓰기 로그(WAL)를 유지하는지 여부.',
  'How long Alloy keeps a segment.': 'Alloy가 세그먼트를 보관하는 시간.',
  'Shortest wait between reads.': '읽기 사이의 최소 대기 시간.',
  'Longest wait between reads.': '읽기 사이의 최대 대기 시간.',
  'How long Alloy drains the log when it ends.': 'Alloy가 끝날 때 로그를 비우는 시간.',
  "Alloy's write-ahead log.": 'Alloy의 미리 쓰기 로그(WAL).',
  'Takes the lines to send.': '보낼 줄을 받습니다.',
}
