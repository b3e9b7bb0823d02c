extension ScenarioTemplate {
  /// What SGD does to a symmetry of the loss.
  static let symmetry = ScenarioTemplate(
    name: "symmetry",
    summary:
      "Which symmetries of the loss does irreversibility break, and where does it drive them?",
    text: #"""
      # Which symmetries of the loss does the irreversibility of SGD break, and where does it drive the parameters?
      #
      #   loschmidt check FILE    is this file sound, and what will it cost
      #   loschmidt run FILE      the answer, and a report in results/
      #
      # As it stands the file runs in a second. For a question of your own change what is marked with >.

      loschmidt: 1               # the version of this format, always 1
      title: The rescaling symmetry of the network u w x
      seed: 1                    # of all random numbers, 0 to 2^64 - 1: equal seeds give equal results

      process:
        # > The parameters θ and where they start. An array is written  W: {shape: [8, 2], initial: 0.1}
        parameters: {u: 1.3, w: 0.4}

        # > The loss of one sample, out of parameters and columns of the data (loschmidt list functions shows what there is).
        loss: 0.5*(u*w*x - y)^2

        # > The data: a column is a list with one number for each sample; from a file  data: {csv: samples.csv}
        data:
          x: [1.0, -0.5, 2.0, 0.3]
          y: [0.8, -0.1, 1.7, 0.4]

        # The noise of SGD: batches of one sample. The exact gradient is  gradient: full-batch
        gradient: {minibatch: {size: 1, sampling: with-replacement}}

        # > The update rule θ′ = θ − η ĝ.
        algorithm: {gradient-descent: {learning-rate: 0.05}}

      experiments:
        - symmetry:
            generators:
              # > A name of yours, and what becomes of each parameter; one that is not named stays as it is. s is the
              # > parameter of the group: s = 0 changes nothing, and s followed by t is s + t.
              # > A rotation is  {x: x*cos(s) - y*sin(s), y: x*sin(s) + y*cos(s)}
              rescaling: {u: u*exp(s), w: w*exp(-s)}
            # > Where; without it at the initial values.
            at: {u: 1.3, w: 0.4}
            range: 1             # > the loss must not change for s from −range to range
            # The charge of a symmetry, here u² − w², is conserved by the gradient flow. Its drift under SGD is measured
            # over these trajectories and compared with theory, step by step.
            trajectories: 1000
            steps: 100

      """#)
}
