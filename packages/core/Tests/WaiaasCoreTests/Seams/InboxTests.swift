import Testing
import WaiaasCore

/// The queue that threads block on.
struct InboxTests {
    @Test func `items come out in the order in which they went in, one at a time or all`() throws {
        let inbox = Inbox<Int>(limit: 4)
        for item in 1...4 { try inbox.send(item) }
        #expect(inbox.count == 4)
        #expect(inbox.takeFirst() == 1)
        #expect(inbox.takeAll() == [2, 3, 4])
        #expect(inbox.count == 0)
    }

    @Test func `a full one takes nothing until there is room`() throws {
        let inbox = Inbox<Int>(limit: 2)
        for item in 1...2 { try inbox.send(item) }
        #expect(throws: InboxError.full(limit: 2)) { try inbox.send(3) }
        #expect(inbox.takeAll() == [1, 2])
        try inbox.send(3)
        #expect(inbox.takeFirst() == 3)
    }

    @Test func `a closed one takes nothing, gives what waits, and then ends whoever blocks on it`() throws {
        let inbox = Inbox<Int>(limit: 2)
        try inbox.send(1)
        inbox.close()
        #expect(throws: InboxError.closed) { try inbox.send(2) }
        #expect(inbox.takeFirst() == 1)
        #expect(inbox.takeFirst() == nil)
        #expect(inbox.takeAll() == nil)
    }

    @Test func `a thread that blocks on it is woken by an item`() throws {
        let (requests, answers) = (Inbox<Int>(limit: 1), Inbox<Int>(limit: 1))
        let thread = try #require(
            SystemThread.start {
                while let item = requests.takeFirst() { try? answers.send(item * 2) }
                answers.close()
            })
        try requests.send(21)
        #expect(answers.takeFirst() == 42)
        requests.close()
        #expect(answers.takeFirst() == nil)
        thread.join()
    }
}
