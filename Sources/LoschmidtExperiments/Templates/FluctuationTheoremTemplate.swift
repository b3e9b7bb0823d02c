extension ScenarioTemplate {
  /// The detailed and the integral fluctuation theorem of Langevin dynamics, and of a driven process.
  static let fluctuationTheorem = ScenarioTemplate(
    name: "fluctuation-theorem",
    summary: "Does P(R)/P(−R) = e^R hold for paths of training, at this learning rate?",
    text: #"""
      # Does P(R)/P(−R) = e^R hold for the paths of noisy gradient descent, at this finite learning rate?
      #
      #   loschmidt check FILE    is this file sound, and what will it cost
      #   loschmidt run FILE      the answer, and a report in results/
      #
      # As it stands the file runs in a few seconds. For a question of your own change what is marked with >.

      loschmidt: 1               # the version of this format, always 1
      title: Fluctuation theorems for SGD with thermal noise
      seed: 1                    # of all random numbers, 0 to 2^64 - 1: equal seeds give equal results

      process:
        # > The parameters θ and the law of their start, drawn anew for every path. The theorems need a density there:
        # > normal(mean, standard deviation). Inside braces a comma ends a value, so quotes stand around it.
        parameters: {u: "normal(1.3, 0.2)", w: "normal(0.4, 0.2)"}

        # > The loss of one sample, out of parameters and columns of the data (loschmidt list functions shows what there is).
        loss: 0.5*(u*w*x - y)^2

        # > The data: a column is a list with one number for each sample; from a file  data: {csv: samples.csv}
        data:
          x: [1.0, -0.5, 2.0, 0.3]
          y: [0.8, -0.1, 1.7, 0.4]

        # > Batches of two samples. The exact gradient, which makes this Langevin dynamics, is  gradient: full-batch
        gradient: {minibatch: {size: 2}}

        # > The update rule θ′ = θ − η ĝ + √(2ηT) ζ with ζ normal.
        algorithm: {gradient-descent: {learning-rate: 0.05}}

        # > The temperature T. It has to be > 0 here: a step without noise of its own cannot be undone by any other step.
        temperature: 0.1

      experiments:
        # R is the log-ratio of the probabilities of a path and of its reverse, in nats. `extended` counts the batches as
        # part of the path; with `marginal` the probabilities are summed over batches.
        - fluctuation-theorem:
            # [integral, detailed] asks for ⟨e^−R⟩ = 1 too. That average is often made by a few rare paths, and then the
            # verdict on it is undecided and says so.
            theorems: [detailed]
            level: extended
            steps: 10            # > how long a path is
            trajectories: 40000  # > how many paths: more of them decide more
            # A test that would pass anything shows nothing. So the same paths are also tested with a model whose noise is
            # too large by this factor, which must be rejected.
            control: 1.5

      """#)
}
