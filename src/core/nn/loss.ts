/** From a recipe's loss and the output layer to the number that training makes small. */
import type { Builder, Node } from '../graph/node.ts'
import { Fault, type Loss, type Recipe, type Task } from '../spec/index.ts'
import type { LayerValues } from './dense.ts'

type ChosenLoss = Exclude<Loss, 'auto'>

/** Losses that suit a task, the one that `auto` chooses first. Three of them compare two classes only. */
function suitable(task: Task, outputs: number): readonly ChosenLoss[] {
  if (task !== 'classes') return ['mse', 'mae', 'huber']
  return outputs === 2 ? ['cross-entropy', 'binary-cross-entropy', 'hinge', 'mse'] : ['cross-entropy']
}

/** The loss of a recipe. Throws `NETWORK-001` where the chosen one does not suit the data. */
export function checkLoss(recipe: Recipe, task: Task, outputs: number): ChosenLoss {
  const { loss } = recipe.training
  const choices = suitable(task, outputs)
  const chosen = choices.find((choice) => loss === 'auto' || choice === loss)
  if (chosen === undefined) throw new Fault('NETWORK-001', { loss, suitable: choices[0] ?? '' }, 'training.loss')
  return chosen
}

/** One column of [rows, 2] as [rows, 1]. */
function column(build: Builder, value: Node, index: number): Node {
  return build.apply('slice', [value], { starts: [0, index], ends: [value.shape[0] ?? 0, index + 1] })
}

/**
 * For two classes, how far the logits lean to the second, `z_1 - z_0`, and where they should: `r (2 c - 1)`, so 1 for a
 * praised second class and -1 for a praised first; scolding turns it round. Both [rows, 1].
 */
function twoClasses(build: Builder, logits: Node, targets: Node): { readonly margin: Node; readonly sign: Node } {
  const margin = build.apply('sub', [column(build, logits, 1), column(build, logits, 0)])
  const half = build.apply('constant', [], { shape: [], value: 0.5 })
  const centred = build.apply('sub', [column(build, targets, 0), half])
  const sign = build.apply('mul', [build.apply('scale', [centred], { factor: 2 }), column(build, targets, 1)])
  return { margin, sign }
}

/**
 * Half the squared error of one number for two classes, `(tanh((z_1 - z_0) / sqrt 2) - s)^2 / 2` with s = 1 or -1, as in
 * TensorFlow Playground, whose one output bends by tanh. Divided by the square root of 2 the difference of two outputs
 * starts as one output would and learns at its rate.
 */
function squaredOfClasses(build: Builder, logits: Node, targets: Node): Node {
  const { margin, sign } = twoClasses(build, logits, targets)
  const answer = build.apply('tanh', [build.apply('scale', [margin], { factor: Math.SQRT1_2 })])
  return build.apply('scale', [build.apply('mse', [answer, sign])], { factor: 0.5 })
}

/**
 * The loss node of a recipe: classes enter as logits with targets [rows, (class, reward)], numbers as outputs with
 * targets of the same shape.
 *
 * `binary-cross-entropy` and `hinge` look at the margin of two classes; the first equals the cross-entropy of both where
 * every reward is 1, and wants no preference where it is 0. So does `mse` of two classes.
 */
export function lossNode(build: Builder, recipe: Recipe, task: Task, output: LayerValues, targets: Node): Node {
  const { labelSmoothing, huberDelta } = recipe.training
  const loss = checkLoss(recipe, task, output.sums.shape.at(-1) ?? 0)
  switch (loss) {
    case 'cross-entropy':
      return build.apply('cross_entropy', [output.sums, targets], { smoothing: labelSmoothing })
    case 'hinge': {
      const { margin, sign } = twoClasses(build, output.sums, targets)
      return build.apply('hinge', [margin, sign])
    }
    case 'binary-cross-entropy': {
      const { margin, sign } = twoClasses(build, output.sums, targets)
      const half = build.apply('constant', [], { shape: [], value: 0.5 })
      const share = build.apply('add', [build.apply('scale', [sign], { factor: 0.5 }), half])
      return build.apply('binary_cross_entropy', [margin, share])
    }
    case 'huber':
      return build.apply('huber', [output.activations, targets], { delta: huberDelta })
    case 'mse':
      if (task === 'classes') return squaredOfClasses(build, output.sums, targets)
      return build.apply('mse', [output.activations, targets])
    case 'mae':
      return build.apply(loss, [output.activations, targets])
  }
}
