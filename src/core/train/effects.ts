/** Effects of the training and evaluation programs: shuffling and fetching rows, counting scores. */
import { Stream } from '../data/random.ts'
import type { Effect } from '../exec/program.ts'
import type { Storage } from '../graph/node.ts'
import { floatWord } from '../ops/op.ts'

/** The id of the stream `shuffle` among the purposes of random numbers (data/random.ts). */
const shufflePurpose = 2
const sixteenBits = 2 ** 16

/** Writes an epoch's number as two float32, of which one alone would hold it only up to 2^24. */
export function splitEpoch(epoch: number, into: Float32Array): void {
  into[0] = epoch % sixteenBits
  into[1] = Math.floor(epoch / sixteenBits) % sixteenBits
}

/** Fills `order` [n] with 0 to n - 1 in an order that is a function of seed and `epoch` [2] (`splitEpoch`) alone. */
export function shuffleEffect(seed: number, epoch: Storage, order: Storage): Effect {
  const [count = 0] = order.shape
  return {
    name: 'shuffle',
    reads: [epoch],
    writes: [order],
    flops: 0,
    reference(at) {
      const [low = 0, high = 0] = at(epoch).data
      at(order).data.set(new Stream(seed, 'shuffle', low + sixteenBits * high).permutation(count))
    },
    kernel: { name: 'shuffle', arguments: (at) => [at(epoch), at(order), count, seed | 0, shufflePurpose] },
  }
}

/** Rows of `table` [n, width] from the cursor on, in the given order or as they lie -> `out` [rows, width]. */
export function gatherEffect(table: Storage, order: Storage | null, cursor: Storage, out: Storage): Effect {
  const [rows = 0, width = 0] = out.shape
  return {
    name: 'gather',
    reads: order === null ? [table, cursor] : [table, order, cursor],
    writes: [out],
    flops: 0,
    reference(at) {
      const start = at(cursor).data[0] ?? 0
      for (let i = 0; i < rows; i++) {
        const row = order === null ? start + i : (at(order).data[start + i] ?? 0)
        at(out).data.set(at(table).data.subarray(row * width, (row + 1) * width), i * width)
      }
    },
    kernel: {
      name: 'gather',
      arguments: (at) => [at(table), order === null ? 0 : at(order), at(cursor), at(out), rows, width],
    },
  }
}

/** Adds loss x rows to `totals[0]` and the rows whose largest output is as rewarded to `totals[1]`. */
export function tallyClassesEffect(loss: Storage, outputs: Storage, targets: Storage, totals: Storage): Effect {
  const [rows = 0, width = 0] = outputs.shape
  return {
    name: 'tally_classes',
    reads: [loss, outputs, targets],
    writes: [totals],
    flops: 0,
    reference(at) {
      const sums = at(totals).data
      let right = 0
      for (let row = 0; row < rows; row++) {
        const values = at(outputs).data.subarray(row * width, (row + 1) * width)
        const chosen = values.indexOf(Math.max(...values)) === at(targets).data[row * 2]
        if (chosen === (at(targets).data[row * 2 + 1] ?? 0) >= 0) right++
      }
      sums[0] = (sums[0] ?? 0) + (at(loss).data[0] ?? 0) * rows
      sums[1] = (sums[1] ?? 0) + right
    },
    kernel: {
      name: 'tally_classes',
      arguments: (at) => [at(loss), at(outputs), at(targets), at(totals), rows, width],
    },
  }
}

/** Adds loss x rows to `totals[0]`. */
export function tallyLossEffect(loss: Storage, totals: Storage, rows: number): Effect {
  return {
    name: 'tally_loss',
    reads: [loss],
    writes: [totals],
    flops: 0,
    reference(at) {
      const sums = at(totals).data
      sums[0] = (sums[0] ?? 0) + (at(loss).data[0] ?? 0) * rows
    },
    kernel: { name: 'tally_loss', arguments: (at) => [at(loss), at(totals), rows] },
  }
}

/**
 * Running statistics [2, channels] move towards the batch's: `running += momentum (statistics - running)`, the variance
 * unbiased (times n / (n - 1), n = `count` numbers a channel) as in PyTorch.
 */
export function followEffect(statistics: Storage, running: Storage, momentum: number, count: number): Effect {
  const channels = statistics.shape[1] ?? 0
  return {
    name: 'follow_statistics',
    reads: [statistics],
    writes: [running],
    flops: 0,
    reference(at) {
      const values = at(running).data
      at(statistics).data.forEach((value, i) => {
        const unbiased = i >= channels && count > 1 ? (value * count) / (count - 1) : value
        values[i] = (values[i] ?? 0) + momentum * (unbiased - (values[i] ?? 0))
      })
    },
    kernel: {
      name: 'follow_statistics',
      arguments: (at) => [at(statistics), at(running), channels, floatWord(momentum), count],
    },
  }
}
