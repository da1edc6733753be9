/// An idle connection as it is weighed when others need its place.
struct IdlePlace: Equatable {
    let descriptor: Int32
    let network: ClientNetwork
    /// Since when it is idle, in milliseconds of the continuous clock.
    let idleSince: UInt64

    /// The order in which idle connections make room: always one of the network that holds most at that moment, and of several the one that
    /// has been idle longest.
    ///
    /// - Parameter held: How many connections each network holds, idle or not.
    static func inOrderOfLeaving(_ places: [IdlePlace], held: [ClientNetwork: Int]) -> [IdlePlace] {
        let byTime = places.sorted { ($0.idleSince, $0.descriptor) < ($1.idleSince, $1.descriptor) }
        // What a network still holds when it is a connection's turn is known beforehand: one less for each that goes before it.
        var left = held
        let weighed = byTime.map { place in
            let level = left[place.network, default: 0]
            left[place.network] = level - 1
            return (place: place, level: level)
        }
        return weighed.sorted { one, other in
            one.level != other.level
                ? one.level > other.level
                : (one.place.idleSince, one.place.descriptor) < (other.place.idleSince, other.place.descriptor)
        }.map(\.place)
    }
}
