extension ScenarioTemplate {
  /// Noise models side by side.
  static let noiseComparison = ScenarioTemplate(
    name: "noise-comparison",
    summary: "Which model of the noise of SGD is right, for which question?",
    text: #"""
      # Which model of the noise of SGD is right, for which question?
      #
      #   loschmidt check FILE    is this file sound, and what will it cost
      #   loschmidt run FILE      the answer, and a report in results/
      #
      # As it stands the file runs in a few seconds. For a question of your own change what is marked with >.

      loschmidt: 1               # the version of this format, always 1
      title: Noise models of SGD side by side
      seed: 1                    # of all random numbers, 0 to 2^64 - 1: equal seeds give equal results

      process:
        # > The parameters θ and where they start: a number, or a law such as "normal(1, 0.1)" that is drawn anew for every
        # > trajectory.
        parameters: {u: 1, w: 0}

        # > The loss of one sample, out of parameters and columns of the data (loschmidt list functions shows what there is).
        # > Where it is quadratic in the parameters, as here, exact values stand beside what is measured.
        loss: 0.5*(u*a + w*b - y)^2

        # > The data: a column is a list with one number for each sample; from a file  data: {csv: samples.csv}
        data:
          a: [1.0, -0.8, 0.3, 1.5, -0.5, 0.9, -1.2, 0.2]
          b: [0.5, 1.2, -1.0, 0.2, -0.7, 1.1, 0.4, 0.6]
          y: [1.1, -0.3, 0.4, 1.9, -1.2, 0.8, -1.0, 0.5]

        # > The update rule θ′ = θ − η ĝ. The noise of ĝ is that of each model below.
        algorithm: {gradient-descent: {learning-rate: 0.1}}

      experiments:
        - noise-comparison:
            burn-in: 200         # > steps until the start is forgotten; they are not counted
            steps: 400           # > steps that are counted
            trajectories: 500    # > how many trajectories each model gets
            # > The models; the first is the reference that the others are compared with. `same-law` fails where they are
            # > told apart, passes where they are shown to be alike, and is undecided otherwise. Try  gaussian: {size: 2},
            # > which has the covariance of batches of two. `loschmidt list gradients` shows all there are.
            models:
              - minibatch: {size: 2}                                        # SGD itself
              - minibatch: {size: 2, sampling: reshuffle}                   # every epoch uses each sample once
              - label-noise: {size: 2, column: y, standard-deviation: 0.5}  # fresh noise on y in every batch
              - constant-covariance: {size: 2, at: {u: 0, w: 1}}            # normal, with the covariance at one point
            margin: 0.1          # what a verdict about an exact value allows, relative to it

      """#)
}
