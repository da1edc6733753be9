import Glibc

/// A bounded queue between any number of senders and threads that block on it.
///
/// Ownership: the mutex and the condition live in memory of their own, so that their addresses never change; `items` and `isClosed` are
/// touched only while the mutex is held. Freed in `deinit`, when nobody can wait any more.
@safe public final class Inbox<Item: Sendable>: @unchecked Sendable {
    private let limit: Int
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var items: [Item] = []
    private var isClosed = false

    /// An empty queue.
    ///
    /// - Parameter limit: how many items may wait.
    public init(limit: Int) {
        self.limit = limit
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(arrival, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(arrival)
        unsafe pthread_mutex_destroy(mutex)
        unsafe arrival.deallocate()
        unsafe mutex.deallocate()
    }

    /// How many items wait.
    public var count: Int {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return items.count
    }

    /// Adds an item and wakes a waiting thread.
    public func send(_ item: Item) throws(InboxError) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if isClosed { throw .closed }
        if items.count >= limit { throw .full(limit: limit) }
        items.append(item)
        unsafe pthread_cond_signal(arrival)
    }

    /// Takes everything that waits, in order; blocks while there is nothing. Nil once the queue is closed and empty.
    public func takeAll() -> [Item]? {
        take { items in
            defer { items = [] }
            return items
        }
    }

    /// Takes the first item; blocks while there is none. Nil once the queue is closed and empty.
    public func takeFirst() -> Item? {
        take { $0.removeFirst() }
    }

    /// Accepts nothing more; what waits can still be taken.
    public func close() {
        unsafe pthread_mutex_lock(mutex)
        isClosed = true
        unsafe pthread_cond_broadcast(arrival)
        unsafe pthread_mutex_unlock(mutex)
    }

    private func take<Taken>(_ some: (inout [Item]) -> Taken) -> Taken? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while items.isEmpty {
            if isClosed { return nil }
            unsafe pthread_cond_wait(arrival, mutex)
        }
        return some(&items)
    }
}

/// Why an ``Inbox`` took nothing.
public enum InboxError: Error, Equatable {
    /// Nobody takes anything from it any more.
    case closed
    /// As many items wait as may.
    case full(limit: Int)
}
