import ArgumentParser
import Loschmidt

/// The subcommand `replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Make one trajectory of an experiment again, bit for bit, as CSV.",
    discussion: """
      The columns are step (burn-in included), time, every coordinate, and where steps have a density the part of the \
      medium in the path log-ratio so far, in nats since the end of burn-in.
      """)

  @OptionGroup var scenarios: ScenarioArguments

  @Option(help: ArgumentHelp("The number of the trajectory, from 0.", valueName: "k"))
  var trajectory: Int

  @Option(
    help: ArgumentHelp(
      "The number of the experiment, from 0; by default the first that simulates trajectories.", valueName: "i"))
  var experiment: Int?

  func validate() throws {
    if scenarios.inputs.count != 1 { throw ValidationError("replay takes one scenario.") }
    if trajectory < 0 { throw ValidationError("--trajectory must be 0 or more, and is \(trajectory).") }
    if let experiment, experiment < 0 {
      throw ValidationError("--experiment must be 0 or more, and is \(experiment).")
    }
  }

  func run() throws {
    Interruption.listen()
    let file = scenarios.inputs[0]
    guard let (scenario, _) = scenarios.read(file) else { throw ExitStatus.scenario.exit }
    do {
      let replay = try TrajectoryReplay(scenario, experiment: experiment, trajectory: trajectory)
      let divergence = try replay.write(isStopped: { Interruption.received != 0 }) { try Terminal.print($0) }
      if let divergence {
        Terminal.complain("\(file): trajectory \(trajectory) became infinite or NaN at step \(divergence.step).")
      }
    } catch let fault as TrajectoryReplay.Fault {
      Terminal.complain("\(file): error: \(fault.sentence)")
      throw ExitStatus.usage.exit
    } catch let error where !(error is ExitCode) {
      Terminal.complain("\(file): error: a fault of the program, please report it: \(error)")
      throw ExitStatus.fault.exit
    }
    if Interruption.received != 0 { throw ExitCode(Interruption.status) }
  }
}
