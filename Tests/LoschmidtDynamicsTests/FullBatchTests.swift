import LoschmidtDynamics
import Testing

@Suite struct FullBatchTests {
  @Test func name() { #expect((FullBatch() as any GradientNoise).name == "full-batch") }
}
