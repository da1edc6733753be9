import CEpoll
import Glibc

/// Reads all viewers' connections on a thread of its own.
///
/// Unchecked: it is made by whoever starts the thread and belongs to that thread from then on.
final class Reader: @unchecked Sendable {
    /// What one look at one connection showed.
    struct Sight {
        let viewer: Int
        /// The newest update in what came; nil if none began there.
        var update: Int?
        var isEnd = false
    }

    private static let roomBytes = 256 << 10
    /// The longest mark, so that one which came in two pieces is found.
    private static let markBytes = 32

    private let epoll: Int32
    private let descriptors: [Int32]
    private let sightings: Sightings
    /// The end of what each viewer received, side by side, and how long each is.
    private var tails: [UInt8]
    private var tailLengths: [Int]
    private var room = [UInt8](repeating: 0, count: Reader.roomBytes)

    init(epoll: Int32, descriptors: [Int32], sightings: Sightings) {
        self.epoll = epoll
        self.descriptors = descriptors
        self.sightings = sightings
        tails = Array(repeating: 0, count: descriptors.count * Self.markBytes)
        tailLengths = Array(repeating: 0, count: descriptors.count)
    }

    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 1_024)
        while !sightings.hasEnded {
            let count = epoll_wait(epoll, &events, Int32(events.count), 100)
            guard count > 0 else { continue }
            sightings.take(events[..<Int(count)].map { read(Int($0.data.u64)) })
        }
    }

    private func read(_ viewer: Int) -> Sight {
        var sight = Sight(viewer: viewer)
        let (tail, start) = (tailLengths[viewer], viewer * Self.markBytes)
        let count = room.withUnsafeMutableBytes { room in
            tails.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<(start + tail)])) }
            return recv(descriptors[viewer], room.baseAddress?.advanced(by: tail), room.count - tail, 0)
        }
        guard count > 0 else {
            epoll_ctl(epoll, EPOLL_CTL_DEL, descriptors[viewer], nil)
            sight.isEnd = true
            return sight
        }
        let (end, kept) = (tail + count, min(tail + count, Self.markBytes))
        room.withUnsafeBytes { room in
            let update = waiaas_last_update(room.baseAddress, end)
            sight.update = update >= 0 ? update : nil
            tails.withUnsafeMutableBytes { tails in
                UnsafeMutableRawBufferPointer(rebasing: tails[start..<(start + Self.markBytes)])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: room[(end - kept)..<end]))
            }
        }
        tailLengths[viewer] = kept
        return sight
    }
}
