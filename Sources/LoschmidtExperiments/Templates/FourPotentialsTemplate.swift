extension ScenarioTemplate {
  /// The four irreversibility potentials of a step of SGD.
  static let fourPotentials = ScenarioTemplate(
    name: "four-potentials",
    summary: "How irreversible is one step of SGD, by four measures, and do they agree?",
    text: #"""
      # How irreversible is one step of SGD, by four measures, and do they agree?
      #
      #   loschmidt check FILE    is this file sound, and what will it cost
      #   loschmidt run FILE      the answer, and a report in results/
      #
      # As it stands the file runs in a second. For a question of your own change what is marked with >.

      loschmidt: 1               # the version of this format, always 1
      title: Four measures of the irreversibility of a step of SGD
      seed: 1                    # of all random numbers, 0 to 2^64 - 1: equal seeds give equal results

      process:
        # > The parameters θ and where they start: a number each. An array is written
        # >   W: {shape: [8, 2], initial: 0.1}
        parameters: {u: 1.3, w: 0.4}

        # > The loss of one sample, out of parameters and columns of the data; the loss that is trained is its mean.
        # > There are + - * / ^ and exp, log, sqrt, tanh, relu, sigmoid, softplus and more (loschmidt list functions),
        # > for arrays also @ (matrix product), dot, sum, mean and transpose.
        loss: 0.5*(u*w*x - y)^2

        # > The data: a column is a list with one number for each sample. A file of your own, with the names of the columns
        # > in its first row, is  data: {csv: samples.csv}  (the path counts from the folder of this file).
        data:
          x: [1.0, -0.5, 2.0, 0.3]
          y: [0.8, -0.1, 1.7, 0.4]

        # The noise of SGD: batches of one sample, drawn with replacement. The exact gradient is  gradient: full-batch
        gradient: {minibatch: {size: 1, sampling: with-replacement}}

        # The update rule θ′ = θ − η ĝ. Here the experiment takes its own η, below.
        algorithm: {gradient-descent: {learning-rate: 0.05}}

      experiments:
        # Four forces, DE (backward error), TR (time renormalisation), TA (time asymmetry) and ST (entropy production),
        # at a point of parameter space. Each verdict says whether a force begins with −(η/2) E[Hg], the force of the
        # potential (η/4) E|g|².
        - potentials:
            # > Where; without it at the initial values. Several points are  points: [{u: 1, w: 1}, {u: 2, w: 0.5}]
            at: {u: 1.3, w: 0.4}
            # > The η, from large to small and evenly on a logarithmic scale. DE exists where η times the largest
            # > curvature is below 1; `loschmidt check` says where that is.
            learning-rates: {from: 0.04, to: 0.0004, count: 9}

      """#)
}
