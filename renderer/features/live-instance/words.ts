import { defineWords } from '../../model/spoken-language.ts'
import { age, koreanAge } from '../../ui/quantity.ts'

/** Everything that is said of the collector as a whole. */
export const words = defineWords(
  {
    instance: 'This collector',
    service: 'Service',
    states: {
      connecting: 'Connecting…',
      waiting: 'Running, no config applied yet',
      live: 'Running',
      lost: 'Does not answer',
      refused: 'Not let in',
      stopped: 'Stopped',
      starting: 'Starting…',
      restarting: 'Died and is started again…',
      failed: 'Cannot run',
    },
    since: (ms: number) => `for ${age(ms)}`,
    address: 'Address',
    addressHint: 'Its own page, metrics and component API.',
    ready: 'Ready',
    healthy: 'Healthy',
    yes: 'yes',
    no: 'no',
    health: 'Health of the components',
    allHealthy: (count: number) => `All ${count} components are healthy.`,
    someNot: (count: number, all: number) => `${count} of ${all} components are not healthy.`,
    noComponents: 'No component runs.',
    clustering: 'Clustering',
    oneNode: 'One instance is one node',
    oneNodeDetail:
      'Weir runs one collector on one machine. It has no peers and shares no targets with any: a `clustering` block is kept in the config and has no effect here.',
    beyond:
      'Where one machine is not enough, the same config runs unchanged on several instances of Alloy, which divide the targets among themselves.',
    exportIt: 'Export for Alloy…',
    exportBy: '`weir export` writes a compose file, Helm values or the config for real Alloy.',
  },
  {
    instance: '이 수집기',
    service: '서비스',
    states: {
      connecting: '연결 중…',
      waiting: '실행 중, 적용된 설정 없음',
      live: '실행 중',
      lost: '응답 없음',
      refused: '접근 거부됨',
      stopped: '멈춤',
      starting: '시작 중…',
      restarting: '죽어서 다시 시작하는 중…',
      failed: '실행할 수 없음',
    },
    since: (ms) => `${koreanAge(ms)}째`,
    address: '주소',
    addressHint: '수집기 자신의 페이지, 메트릭, 컴포넌트 API입니다.',
    ready: '준비됨',
    healthy: '정상',
    yes: '예',
    no: '아니요',
    health: '컴포넌트 상태',
    allHealthy: (count) => `컴포넌트 ${count}개가 모두 정상입니다.`,
    someNot: (count, all) => `컴포넌트 ${all}개 중 ${count}개가 정상이 아닙니다.`,
    noComponents: '실행 중인 컴포넌트가 없습니다.',
    clustering: '클러스터링',
    oneNode: '인스턴스 하나가 노드 하나입니다',
    oneNodeDetail:
      'Weir는 컴퓨터 한 대에서 수집기 하나를 실행합니다. 동료 노드가 없고 타깃을 나누지 않습니다. `clustering` 블록은 설정에 그대로 두지만 여기서는 효과가 없습니다.',
    beyond:
      '컴퓨터 한 대로 부족하면 같은 설정을 여러 Alloy 인스턴스에서 그대로 실행할 수 있고, 그 인스턴스들이 타깃을 나눕니다.',
    exportIt: 'Alloy용으로 내보내기…',
    exportBy: '`weir export`는 compose 파일, Helm 값, 또는 실제 Alloy용 설정을 씁니다.',
  },
)
