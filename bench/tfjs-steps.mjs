// One training step of the dense cases in TensorFlow.js. usage: node tfjs-steps.mjs cpu|wasm [CASE ...]
import { createRequire } from 'node:module'
import { isWanted, tellStep } from './timing.mjs'

const [backend, ...names] = process.argv.slice(2)
// the packages' ES modules name files without their ending, which Node does not load
const require = createRequire(import.meta.url)
const tf = require('@tensorflow/tfjs-core')
const { layers, sequential } = require('@tensorflow/tfjs-layers')
require(`@tensorflow/tfjs-backend-${backend}`)
await tf.setBackend(backend)
await tf.ready()

const repeated = (size, times) => new Array(times).fill(size)
const cases = [
  ['playground-2-4-2-1-b10-sgd', [2, 4, 2, 1], 'tanh', 10, 'sgd', false],
  ['deep-2-8x6-1-b10-adam', [2, ...repeated(8, 6), 1], 'tanh', 10, 'adam', false],
  ['mnist-784-128-10-b32-adam', [784, 128, 10], 'relu', 32, 'adam', true],
  ['mnist-784-512-512-10-b64-adam', [784, 512, 512, 10], 'relu', 64, 'adam', true],
]

function denseModel(sizes, activation, isClasses) {
  const model = sequential()
  const [inputWidth, ...widths] = sizes
  for (const [depth, units] of widths.entries()) {
    const last = depth === widths.length - 1
    const head = isClasses ? 'softmax' : 'linear'
    const first = depth === 0 ? { inputShape: [inputWidth] } : {}
    model.add(layers.dense({ units, activation: last ? head : activation, ...first }))
  }
  return model
}

for (const [name, sizes, activation, batch, optimizer, isClasses] of cases) {
  if (!isWanted(name, names)) continue
  const model = denseModel(sizes, activation, isClasses)
  model.compile({ optimizer, loss: isClasses ? 'categoricalCrossentropy' : 'meanSquaredError' })
  const outputs = sizes.at(-1)
  const x = tf.randomUniform([batch, sizes[0]])
  const y = isClasses
    ? tf.oneHot(tf.randomUniform([batch], 0, outputs, 'int32'), outputs)
    : tf.randomUniform([batch, outputs])
  await tellStep(name, async (steps) => {
    for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y)
  })
}
