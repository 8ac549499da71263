// One training step of the dense cases in TensorFlow.js. usage: node tfjs-steps.mjs cpu|wasm FOLDER-WITH-NODE_MODULES
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [backend, folder] = process.argv.slice(2)
const require = createRequire(join(folder, 'package.json'))
const tf = { ...require('@tensorflow/tfjs-core'), layers: require('@tensorflow/tfjs-layers').layers }
const { sequential } = require('@tensorflow/tfjs-layers')
require(`@tensorflow/tfjs-backend-${backend}`)
await require('@tensorflow/tfjs-core').setBackend(backend)
await require('@tensorflow/tfjs-core').ready()

const repeated = (size, times) => new Array(times).fill(size)
const cases = [
  ['playground-2-4-2-1-b10-sgd', [2, 4, 2, 1], 'tanh', 10, 'sgd', false],
  ['deep-2-8x6-1-b10-adam', [2, ...repeated(8, 6), 1], 'tanh', 10, 'adam', false],
  ['mnist-784-128-10-b32-adam', [784, 128, 10], 'relu', 32, 'adam', true],
  ['mnist-784-512-512-10-b64-adam', [784, 512, 512, 10], 'relu', 64, 'adam', true],
]
for (const [name, sizes, activation, batch, optimizer, classes] of cases) {
  const model = sequential()
  sizes.slice(1).forEach((units, i) => {
    const last = i === sizes.length - 2
    const head = classes ? 'softmax' : 'linear'
    model.add(
      tf.layers.dense({ units, activation: last ? head : activation, ...(i === 0 ? { inputShape: [sizes[0]] } : {}) }),
    )
  })
  const x = tf.randomUniform([batch, sizes[0]])
  const outputs = sizes.at(-1)
  const y = classes
    ? tf.oneHot(tf.randomUniform([batch], 0, outputs, 'int32'), outputs)
    : tf.randomUniform([batch, outputs])
  model.compile({ optimizer, loss: classes ? 'categoricalCrossentropy' : 'meanSquaredError' })
  const step = () => model.trainOnBatch(x, y)
  let start = performance.now()
  for (let i = 0; i < 3; i++) await step()
  const count = Math.max(3, Math.min(300, Math.floor(400 / ((performance.now() - start) / 3))))
  let best = Number.POSITIVE_INFINITY
  for (let loop = 0; loop < 5; loop++) {
    start = performance.now()
    for (let i = 0; i < count; i++) await step()
    best = Math.min(best, (performance.now() - start) / count)
  }
  console.log(JSON.stringify({ case: name, microsecondsPerStep: Math.round(best * 1e4) / 10 }))
}
