import Foundation
import Synchronization
import Testing

@testable import LoschmidtNumerics

@Suite struct ThreadTeamTests {
  @Test(arguments: [0, 1, 2, 7]) func everyMemberHasItsNumber(width: Int) {
    let seen = Mutex<[Int]>([])
    let threads = ThreadTeam.run(width) { number in seen.withLock { $0.append(number) } }
    #expect(threads == max(1, width))
    #expect(seen.withLock { $0.sorted() } == Array(0..<max(1, width)))
  }

  @Test func theCallingThreadIsTheFirst() {
    let own = pthread_self()
    let isOwn = Mutex<[Int: Bool]>([:])
    ThreadTeam.run(3) { number in
      let same = pthread_equal(own, pthread_self()) != 0
      isOwn.withLock { $0[number] = same }
    }
    #expect(isOwn.withLock { $0 } == [0: true, 1: false, 2: false])
  }

  @Test func requestsToStopReachEveryThread() {
    let heard = Mutex(0)
    StopRequest.listening(to: { true }) {
      ThreadTeam.run(4) { _ in if StopRequest.isMade { heard.withLock { $0 += 1 } } }
    }
    #expect(heard.withLock { $0 } == 4)
  }
}
