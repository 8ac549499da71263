/**
 * The only list of hyperparameters: form, checks, help, documentation, file format and sweep read it.
 * A hyperparameter is chosen by a person before or while training; a parameter is learned.
 */
import { activations } from './activations.ts'
import { feedForwards, positionKinds, stepOutputs } from './layers.ts'
import {
  initializers,
  losses,
  optimizers,
  pointFeatures,
  pointShapes,
  schedules,
  tokenizers,
} from './recipe.ts'

/** What an edit of this value does to a run that is training. */
export type Effect =
  /** applies at the next batch, nothing else changes */
  | 'live'
  /** draws or reads other data; the parameters stay where their shapes allow */
  | 'data'
  /** the network gets other parameters; what can be kept is kept */
  | 'parameters'

export interface Words {
  readonly name: string
  readonly about: string
}

interface Described {
  /** Path in the recipe; `*` stands for the index of a layer. */
  readonly path: string
  readonly symbol?: string
  readonly unit?: string
  readonly effect: Effect
  readonly group: 'data' | 'network' | 'training'
  /** Paths apply only when all of this holds: a data source, the name of an optimizer, schedule, loss, initialiser. */
  readonly only?: {
    readonly source?: readonly string[]
    readonly optimizer?: readonly string[]
    readonly schedule?: readonly string[]
    readonly loss?: readonly string[]
    readonly initializer?: readonly string[]
    readonly layer?: readonly string[]
  }
  readonly ko: Words
  readonly en: Words
}

export interface NumberHyperparameter extends Described {
  readonly kind: 'number' | 'integer'
  readonly min: number
  readonly max: number
  /** The minimum itself is not allowed (a learning rate of 0). */
  readonly exclusiveMin?: boolean
  readonly scale: 'linear' | 'log'
  readonly default: number
  /** A value worth trying when the one given is refused. */
  readonly suggest: number
}

export interface ChoiceHyperparameter extends Described {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly default: string
}

export interface SetHyperparameter extends Described {
  readonly kind: 'set'
  readonly choices: readonly string[]
  readonly default: readonly string[]
}

export interface SwitchHyperparameter extends Described {
  readonly kind: 'switch'
  readonly default: boolean
}

export type Hyperparameter = NumberHyperparameter | ChoiceHyperparameter | SetHyperparameter | SwitchHyperparameter

export const hyperparameters: readonly Hyperparameter[] = [
  {
    path: 'seed', kind: 'integer', min: 0, max: 4294967295, scale: 'linear', default: 1, suggest: 1, effect: 'parameters', group: 'training',
    ko: { name: '시드', about: '무작위의 출발점이에요. 같은 시드는 어느 컴퓨터에서나 같은 결과를 만들어요.' },
    en: { name: 'Seed', about: 'Where chance starts. The same seed gives the same result on every computer.' },
  },
  {
    path: 'data.shape', kind: 'choice', choices: pointShapes, default: 'circle', effect: 'data', group: 'data', only: { source: ['points'] },
    ko: { name: '모양', about: '점들이 놓이는 모양이에요. 모양마다 어려움이 달라요.' },
    en: { name: 'Shape', about: 'How the points lie. Each shape is hard in its own way.' },
  },
  {
    path: 'data.samples', kind: 'integer', min: 10, max: 10000, scale: 'log', default: 500, suggest: 500, effect: 'data', group: 'data', only: { source: ['points'] },
    ko: { name: '표본 수', about: '점의 개수예요. 많을수록 배우기 쉽지만 한 에포크가 길어져요.' },
    en: { name: 'Samples', about: 'How many points there are. More are easier to learn from; an epoch takes longer.' },
  },
  {
    path: 'data.noise', kind: 'number', min: 0, max: 1, scale: 'linear', default: 0, suggest: 0.1, effect: 'data', group: 'data', only: { source: ['points'] },
    ko: { name: '잡음', about: '점이 제자리에서 얼마나 흔들리는지예요. 크면 외우지 않고 배워야 해요.' },
    en: { name: 'Noise', about: 'How far points stray from their place. With much noise, memorising does not help.' },
  },
  {
    path: 'data.testShare', kind: 'number', min: 0, max: 0.9, scale: 'linear', default: 0.5, suggest: 0.5, effect: 'data', group: 'data', only: { source: ['points', 'csv'] },
    ko: { name: '시험 비율', about: '배울 때 보여 주지 않고 시험에만 쓰는 몫이에요.' },
    en: { name: 'Test share', about: 'The part that is never shown in training and only used to test.' },
  },
  {
    path: 'data.features', kind: 'set', choices: pointFeatures, default: ['x', 'y'], effect: 'parameters', group: 'data', only: { source: ['points'] },
    ko: { name: '특징', about: '네트워크에 들어가는 값이에요. 좋은 특징은 층을 대신하기도 해요.' },
    en: { name: 'Features', about: 'The numbers that enter the network. A good feature can replace a layer.' },
  },
  {
    path: 'data.standardize', kind: 'switch', default: true, effect: 'data', group: 'data', only: { source: ['csv'] },
    ko: { name: '표준화', about: '열마다 평균을 0, 표준편차를 1로 맞춰요.' },
    en: { name: 'Standardise', about: 'Gives every column mean 0 and standard deviation 1.' },
  },
  {
    path: 'data.tokenizer', kind: 'choice', choices: tokenizers, default: 'word', effect: 'parameters', group: 'data', only: { source: ['sentences'] },
    ko: { name: '토크나이저', about: '문장을 나누는 단위예요.' },
    en: { name: 'Tokenizer', about: 'The pieces that a sentence is cut into.' },
  },
  {
    path: 'network.*.units', kind: 'integer', min: 1, max: 4096, scale: 'log', default: 4, suggest: 8, unit: 'nodes', effect: 'parameters', group: 'network',
    ko: { name: '노드 수', about: '한 층에 있는 정류장의 수예요. 늘리면 매개변수도 늘어요.' },
    en: { name: 'Nodes', about: 'How many stops a layer has. More nodes mean more parameters.' },
  },
  {
    path: 'network.*.activation', kind: 'choice', choices: activations, default: 'tanh', symbol: 'f', effect: 'live', group: 'network',
    ko: { name: '활성화', about: '노드가 합을 구부리는 방법이에요. 구부리지 않으면 층을 쌓아도 직선뿐이에요.' },
    en: { name: 'Activation', about: 'How a node bends its sum. Without bending, many layers are no more than one.' },
  },
  {
    path: 'network.*.kind', kind: 'choice', choices: positionKinds, default: 'learned', effect: 'parameters', group: 'network', only: { layer: ['position'] },
    ko: { name: '위치 방식', about: '차례를 알려 주는 방법이에요. 배우거나, 물결로 쓰거나, 돌려서 나타내요.' },
    en: { name: 'Position', about: 'How the network is told what comes when: learned, written as waves, or as a rotation.' },
  },
  {
    path: 'network.*.rate', kind: 'number', min: 0, max: 0.95, scale: 'linear', default: 0.1, suggest: 0.1, symbol: 'p', effect: 'live', group: 'network', only: { layer: ['dropout'] },
    ko: { name: '드롭아웃 비율', about: '배울 때 잠시 쉬게 하는 값의 몫이에요. 외우기를 막아 줘요.' },
    en: { name: 'Dropout rate', about: 'The part of the values that rest in training. It keeps the network from learning by heart.' },
  },
  {
    path: 'network.*.epsilon', kind: 'number', min: 0, max: 1, scale: 'log', default: 1e-5, suggest: 1e-5, exclusiveMin: true, symbol: 'ε', effect: 'live', group: 'network', only: { layer: ['layer-norm', 'rms-norm', 'batch-norm', 'group-norm'] },
    ko: { name: '엡실론', about: '분산이 0일 때 나눗셈을 지켜 주는 작은 수예요.' },
    en: { name: 'Epsilon', about: 'A small number that keeps the division safe where nothing varies.' },
  },
  {
    path: 'network.*.groups', kind: 'integer', min: 1, max: 4096, scale: 'log', default: 1, suggest: 1, effect: 'parameters', group: 'network', only: { layer: ['conv2d', 'group-norm'] },
    ko: { name: '그룹 수', about: '채널을 나누는 묶음의 수예요. 채널 수를 나눌 수 있어야 해요.' },
    en: { name: 'Groups', about: 'How many bundles the channels are split into. It has to divide their number.' },
  },
  {
    path: 'network.*.filters', kind: 'integer', min: 1, max: 1024, scale: 'log', default: 8, suggest: 8, unit: 'channels', effect: 'parameters', group: 'network', only: { layer: ['conv2d'] },
    ko: { name: '필터 수', about: '그림에서 찾는 무늬의 수예요.' },
    en: { name: 'Filters', about: 'How many patterns are looked for in the picture.' },
  },
  {
    path: 'network.*.kernel', kind: 'integer', min: 1, max: 64, scale: 'linear', default: 3, suggest: 3, unit: 'pixels', effect: 'parameters', group: 'network', only: { layer: ['conv2d', 'max-pool', 'avg-pool'] },
    ko: { name: '커널 크기', about: '한 번에 보는 창의 한 변이에요.' },
    en: { name: 'Kernel size', about: 'The side of the window that is looked at.' },
  },
  {
    path: 'network.*.stride', kind: 'integer', min: 1, max: 64, scale: 'linear', default: 1, suggest: 1, unit: 'pixels', effect: 'parameters', group: 'network', only: { layer: ['conv2d', 'max-pool', 'avg-pool'] },
    ko: { name: '보폭', about: '창을 옮기는 간격이에요. 크면 그림이 작아져요.' },
    en: { name: 'Stride', about: 'How far the window moves. A larger one makes a smaller picture.' },
  },
  {
    path: 'network.*.padding', kind: 'integer', min: 0, max: 64, scale: 'linear', default: 0, suggest: 1, unit: 'pixels', effect: 'parameters', group: 'network', only: { layer: ['conv2d', 'max-pool', 'avg-pool'] },
    ko: { name: '덧대기', about: '그림 둘레에 붙이는 빈 칸의 너비예요.' },
    en: { name: 'Padding', about: 'Width of the empty rim around the picture.' },
  },
  {
    path: 'network.*.dilation', kind: 'integer', min: 1, max: 64, scale: 'linear', default: 1, suggest: 1, unit: 'pixels', effect: 'parameters', group: 'network', only: { layer: ['conv2d'] },
    ko: { name: '벌림', about: '커널의 칸 사이를 벌리는 간격이에요.' },
    en: { name: 'Dilation', about: 'How far the cells of the kernel lie apart.' },
  },
  {
    path: 'network.*.output', kind: 'choice', choices: stepOutputs, default: 'all', effect: 'parameters', group: 'network', only: { layer: ['rnn', 'gru', 'lstm'] },
    ko: { name: '내보낼 단계', about: '모든 단계의 상태를 내보내거나 마지막 것만 내보내요.' },
    en: { name: 'Steps given on', about: 'Whether the state of every step or only the last is handed on.' },
  },
  {
    path: 'network.*.heads', kind: 'integer', min: 1, max: 64, scale: 'log', default: 2, suggest: 2, effect: 'parameters', group: 'network', only: { layer: ['attention', 'transformer'] },
    ko: { name: '헤드 수', about: '서로 다른 눈으로 함께 보는 어텐션의 수예요.' },
    en: { name: 'Heads', about: 'How many attentions look at the same time, each in its own way.' },
  },
  {
    path: 'network.*.kvHeads', kind: 'integer', min: 1, max: 64, scale: 'log', default: 2, suggest: 2, effect: 'parameters', group: 'network', only: { layer: ['attention', 'transformer'] },
    ko: { name: '키·값 헤드 수', about: '여러 헤드가 나누어 쓰는 키와 값의 수예요.' },
    en: { name: 'Key and value heads', about: 'How many keys and values the heads share.' },
  },
  {
    path: 'network.*.causal', kind: 'switch', default: true, effect: 'live', group: 'network', only: { layer: ['attention', 'transformer'] },
    ko: { name: '앞만 보기', about: '뒤에 올 낱말을 미리 보지 못하게 해요.' },
    en: { name: 'Causal', about: 'Nobody looks at what comes later.' },
  },
  {
    path: 'network.*.feedForward', kind: 'choice', choices: feedForwards, default: 'gelu', effect: 'parameters', group: 'network', only: { layer: ['transformer'] },
    ko: { name: '피드포워드', about: '어텐션 뒤에 오는 작은 네트워크의 종류예요.' },
    en: { name: 'Feed-forward', about: 'The kind of small network behind the attention.' },
  },
  {
    path: 'network.*.expansion', kind: 'integer', min: 1, max: 16, scale: 'linear', default: 4, suggest: 4, effect: 'parameters', group: 'network', only: { layer: ['transformer'] },
    ko: { name: '넓히기', about: '피드포워드가 몇 배로 넓어지는지예요.' },
    en: { name: 'Expansion', about: 'How many times wider the feed-forward part is.' },
  },
  {
    path: 'network.*.experts', kind: 'integer', min: 1, max: 64, scale: 'log', default: 4, suggest: 4, effect: 'parameters', group: 'network', only: { layer: ['experts'] },
    ko: { name: '전문가 수', about: '나누어 맡는 작은 네트워크의 수예요.' },
    en: { name: 'Experts', about: 'How many small networks share the work.' },
  },
  {
    path: 'network.*.topK', kind: 'integer', min: 1, max: 64, scale: 'log', default: 2, suggest: 2, effect: 'parameters', group: 'network', only: { layer: ['experts'] },
    ko: { name: '고르는 전문가 수', about: '입력 하나에 답하는 전문가의 수예요.' },
    en: { name: 'Chosen experts', about: 'How many experts answer for one input.' },
  },
  {
    path: 'network.*.balance', kind: 'number', min: 0, max: 10, scale: 'log', default: 0.01, suggest: 0.01, effect: 'live', group: 'network', only: { layer: ['experts'] },
    ko: { name: '고르게 나누기', about: '일이 한 전문가에게 몰리지 않게 하는 힘이에요.' },
    en: { name: 'Balance', about: 'How strongly the work is kept from piling up on one expert.' },
  },
  {
    path: 'training.loss', kind: 'choice', choices: losses, default: 'auto', symbol: 'L', effect: 'live', group: 'training',
    ko: { name: '손실', about: '얼마나 틀렸는지 재는 자예요. 자동은 데이터에 맞는 것을 골라요.' },
    en: { name: 'Loss', about: 'The ruler for how wrong the network is. Auto chooses the one that suits the data.' },
  },
  {
    path: 'training.labelSmoothing', kind: 'number', min: 0, max: 0.9, scale: 'linear', default: 0, suggest: 0.1, symbol: 's', effect: 'live', group: 'training', only: { loss: ['auto', 'cross-entropy'] },
    ko: { name: '레이블 스무딩', about: '정답의 몫을 조금 덜어 모든 답에 고루 나눠요. 지나친 확신을 막아요.' },
    en: { name: 'Label smoothing', about: 'Takes a little of the right answer and spreads it over all. It keeps the network from being too sure.' },
  },
  {
    path: 'training.huberDelta', kind: 'number', min: 0, exclusiveMin: true, max: 1000, scale: 'log', default: 1, suggest: 1, symbol: 'δ', effect: 'live', group: 'training', only: { loss: ['huber'] },
    ko: { name: '후버 델타', about: '이보다 큰 오차는 제곱하지 않고 곧게 재요.' },
    en: { name: 'Huber delta', about: 'Errors beyond this count along a line, no longer as squares.' },
  },
  {
    path: 'training.optimizer.name', kind: 'choice', choices: optimizers, default: 'adam', effect: 'live', group: 'training',
    ko: { name: '옵티마이저', about: '기울기를 보고 매개변수를 옮기는 방법이에요.' },
    en: { name: 'Optimizer', about: 'How the gradient is turned into a move of the parameters.' },
  },
  {
    path: 'training.optimizer.learningRate', kind: 'number', min: 0, exclusiveMin: true, max: 10, scale: 'log', default: 0.01, suggest: 0.01, symbol: 'η', effect: 'live', group: 'training',
    ko: { name: '학습률', about: '한 걸음의 크기예요. 너무 크면 튀고 너무 작으면 느려요.' },
    en: { name: 'Learning rate', about: 'The size of one step. Too large jumps about, too small crawls.' },
  },
  {
    path: 'training.optimizer.momentum', kind: 'number', min: 0, max: 0.999, scale: 'linear', default: 0.9, suggest: 0.9, symbol: 'μ', effect: 'live', group: 'training', only: { optimizer: ['momentum', 'nesterov'] },
    ko: { name: '관성', about: '지난 걸음을 얼마나 이어 가는지예요.' },
    en: { name: 'Momentum', about: 'How much of the last step is carried on.' },
  },
  {
    path: 'training.optimizer.alpha', kind: 'number', min: 0, max: 0.9999, scale: 'linear', default: 0.99, suggest: 0.99, symbol: 'α', effect: 'live', group: 'training', only: { optimizer: ['rmsprop'] },
    ko: { name: '알파', about: 'RMSProp이 기울기의 크기를 얼마나 오래 기억하는지예요.' },
    en: { name: 'Alpha', about: 'How long RMSProp remembers the size of the gradient.' },
  },
  {
    path: 'training.optimizer.rho', kind: 'number', min: 0, max: 0.9999, scale: 'linear', default: 0.9, suggest: 0.9, symbol: 'ρ', effect: 'live', group: 'training', only: { optimizer: ['adadelta'] },
    ko: { name: '로', about: 'Adadelta가 기울기와 걸음의 크기를 얼마나 오래 기억하는지예요.' },
    en: { name: 'Rho', about: 'How long Adadelta remembers the sizes of gradients and steps.' },
  },
  {
    path: 'training.optimizer.beta1', kind: 'number', min: 0, max: 0.9999, scale: 'linear', default: 0.9, suggest: 0.9, symbol: 'β₁', effect: 'live', group: 'training', only: { optimizer: ['adam', 'adamw', 'adamax', 'nadam'] },
    ko: { name: '베타 1', about: '기울기의 평균을 얼마나 오래 기억하는지예요.' },
    en: { name: 'Beta 1', about: 'How long the mean of the gradient is remembered.' },
  },
  {
    path: 'training.optimizer.beta2', kind: 'number', min: 0, max: 0.99999, scale: 'linear', default: 0.999, suggest: 0.999, symbol: 'β₂', effect: 'live', group: 'training', only: { optimizer: ['adam', 'adamw', 'adamax', 'nadam'] },
    ko: { name: '베타 2', about: '기울기의 크기를 얼마나 오래 기억하는지예요.' },
    en: { name: 'Beta 2', about: 'How long the size of the gradient is remembered.' },
  },
  {
    path: 'training.optimizer.epsilon', kind: 'number', min: 0, exclusiveMin: true, max: 1, scale: 'log', default: 1e-8, suggest: 1e-8, symbol: 'ε', effect: 'live', group: 'training', only: { optimizer: ['rmsprop', 'adagrad', 'adadelta', 'adam', 'adamw', 'adamax', 'nadam'] },
    ko: { name: '엡실론', about: '0으로 나누지 않게 하는 작은 수예요. Adadelta에는 0.000001이 알맞아요.' },
    en: { name: 'Epsilon', about: 'A small number that keeps a division by zero away. For Adadelta 0.000001 is usual.' },
  },
  {
    path: 'training.optimizer.weightDecay', kind: 'number', min: 0, max: 10, scale: 'log', default: 0.01, suggest: 0.01, symbol: 'λ', effect: 'live', group: 'training', only: { optimizer: ['adamw'] },
    ko: { name: '가중치 감쇠', about: '걸음마다 가중치를 학습률에 비례해 조금씩 줄여요.' },
    en: { name: 'Weight decay', about: 'At each step the weights shrink a little, in proportion to the learning rate.' },
  },
  {
    path: 'training.optimizer.momentumDecay', kind: 'number', min: 0, max: 1, scale: 'log', default: 0.004, suggest: 0.004, symbol: 'ψ', effect: 'live', group: 'training', only: { optimizer: ['nadam'] },
    ko: { name: '관성 변화', about: 'NAdam의 관성이 처음의 절반에서 제 크기로 얼마나 빨리 자라는지예요.' },
    en: { name: 'Momentum decay', about: 'How fast the momentum of NAdam grows from half to its full size.' },
  },
  {
    path: 'training.schedule.name', kind: 'choice', choices: schedules, default: 'constant', effect: 'live', group: 'training',
    ko: { name: '학습률 일정', about: '배우는 동안 학습률을 바꾸는 방법이에요.' },
    en: { name: 'Schedule', about: 'How the learning rate changes while the network learns.' },
  },
  {
    path: 'training.schedule.warmupSteps', kind: 'integer', min: 0, max: 1000000, scale: 'log', default: 0, suggest: 100, unit: 'steps', effect: 'live', group: 'training',
    ko: { name: '준비 걸음', about: '처음 이만큼의 걸음 동안 학습률을 0에서 끌어올려요.' },
    en: { name: 'Warm-up steps', about: 'Over this many first steps the learning rate rises from nothing.' },
  },
  {
    path: 'training.schedule.steps', kind: 'integer', min: 1, max: 100000000, scale: 'log', default: 1000, suggest: 1000, unit: 'steps', effect: 'live', group: 'training', only: { schedule: ['cosine', 'linear', 'one-cycle'] },
    ko: { name: '일정 걸음', about: '일정이 끝날 때까지의 걸음 수예요. 그 뒤에는 마지막 학습률이 이어져요.' },
    en: { name: 'Schedule steps', about: 'How many steps the schedule takes. After them the last rate stays.' },
  },
  {
    path: 'training.schedule.every', kind: 'integer', min: 1, max: 1000000, scale: 'log', default: 100, suggest: 100, unit: 'steps', effect: 'live', group: 'training', only: { schedule: ['step', 'exponential'] },
    ko: { name: '간격', about: '이만큼 걸을 때마다 학습률에 배율을 한 번 곱해요.' },
    en: { name: 'Every', about: 'After each of so many steps the learning rate is multiplied by the factor.' },
  },
  {
    path: 'training.schedule.factor', kind: 'number', min: 0, exclusiveMin: true, max: 1, scale: 'linear', default: 0.5, suggest: 0.5, symbol: 'γ', effect: 'live', group: 'training', only: { schedule: ['step', 'exponential'] },
    ko: { name: '배율', about: '학습률에 곱하는 수예요.' },
    en: { name: 'Factor', about: 'What the learning rate is multiplied by.' },
  },
  {
    path: 'training.schedule.endShare', kind: 'number', min: 0, max: 1, scale: 'linear', default: 0, suggest: 0.1, effect: 'live', group: 'training', only: { schedule: ['cosine', 'linear'] },
    ko: { name: '마지막 몫', about: '일정이 끝날 때 남는 학습률의 몫이에요.' },
    en: { name: 'Share at the end', about: 'What is left of the learning rate when the schedule ends.' },
  },
  {
    path: 'training.clip.norm', kind: 'number', min: 0, max: 1000, scale: 'log', default: 0, suggest: 1, effect: 'live', group: 'training',
    ko: { name: '기울기 크기 제한', about: '기울기 전체의 크기가 이보다 크면 줄여요. 0이면 제한하지 않아요.' },
    en: { name: 'Clip norm', about: 'Gradients whose common size is larger are scaled down to this. 0 sets no bound.' },
  },
  {
    path: 'training.clip.value', kind: 'number', min: 0, max: 1000, scale: 'log', default: 0, suggest: 1, effect: 'live', group: 'training',
    ko: { name: '기울기 값 제한', about: '기울기 하나하나를 이 범위 안으로 잘라요. 0이면 제한하지 않아요.' },
    en: { name: 'Clip value', about: 'Each gradient is cut to this range. 0 sets no bound.' },
  },
  {
    path: 'training.initializer', kind: 'choice', choices: initializers, default: 'xavier-uniform', effect: 'parameters', group: 'training',
    ko: { name: '초기값', about: '배우기 전의 가중치를 정하는 방법이에요.' },
    en: { name: 'Initial values', about: 'How the weights are drawn before anything is learned.' },
  },
  {
    path: 'training.initialScale', kind: 'number', min: -10, max: 10, scale: 'linear', default: 0.5, suggest: 0.5, effect: 'parameters', group: 'training', only: { initializer: ['uniform', 'normal', 'constant'] },
    ko: { name: '초기값 크기', about: '균등은 범위, 정규는 표준편차, 상수는 값 자체예요.' },
    en: { name: 'Initial size', about: 'The bound of uniform, the deviation of normal, the value of constant.' },
  },
  {
    path: 'training.batchSize', kind: 'integer', min: 1, max: 65536, scale: 'log', default: 10, suggest: 10, unit: 'rows', effect: 'live', group: 'training',
    ko: { name: '배치 크기', about: '한 걸음마다 함께 보는 표본의 수예요.' },
    en: { name: 'Batch size', about: 'How many samples are looked at together for one step.' },
  },
  {
    path: 'training.l1', kind: 'number', min: 0, max: 10, scale: 'log', default: 0, suggest: 0.001, symbol: 'λ₁', effect: 'live', group: 'training',
    ko: { name: 'L1 규제', about: '쓸모없는 가중치를 0으로 당겨요.' },
    en: { name: 'L1 penalty', about: 'Pulls weights that are not needed to zero.' },
  },
  {
    path: 'training.l2', kind: 'number', min: 0, max: 10, scale: 'log', default: 0, suggest: 0.001, symbol: 'λ₂', effect: 'live', group: 'training',
    ko: { name: 'L2 규제', about: '큰 가중치를 작게 눌러요.' },
    en: { name: 'L2 penalty', about: 'Presses large weights down.' },
  },
  {
    path: 'training.stop.epochs', kind: 'integer', min: 1, max: 1000000, scale: 'log', default: 100, suggest: 100, unit: 'epochs', effect: 'live', group: 'training',
    ko: { name: '멈출 에포크', about: '데이터를 이만큼 다 보면 멈춰요.' },
    en: { name: 'Epochs', about: 'Training stops after seeing all data this many times.' },
  },
]

/** The entry for a path of a recipe, layer indices standing for `*`, layers of a block as those of the network; undefined where the table has none. */
export function hyperparameterAt(path: string): Hyperparameter | undefined {
  const pattern = path.replace(/\.\d+\./g, '.*.').replace(/^network\.\*(\.layers\.\*)+\./, 'network.*.')
  return hyperparameters.find((entry) => entry.path === pattern)
}
