/// Loschmidt: stochastic thermodynamics of training algorithms.
///
/// `import Loschmidt` gives all layers, in the order of the arrow: numerics, dynamics, thermodynamics, reports, experiments.
@_exported import LoschmidtDynamics
@_exported import LoschmidtExperiments
@_exported import LoschmidtNumerics
@_exported import LoschmidtReports
@_exported import LoschmidtThermodynamics
