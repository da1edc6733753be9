import WaiaasCore

extension StoreBehaviour {
    static let users = [
        StoreBehaviour("a user is found by name, and a name is given once in one spelling") { store in
            let sample = Sample()
            let (first, other) = (try sample.user("ada@example.org"), try sample.user("Ada@example.org"))
            var second = first
            second.passwordHash = "$argon2id$other"
            let copy = second
            try expect(try await store.write { try $0.insert(first) }, true)
            try expect(try await store.write { try $0.insert(copy) }, false)
            try expect(try await store.write { try $0.insert(other) }, true)
            try expect(try await store.read { try $0.user(first.id) }, first)
            try expect(try await store.read { try $0.user(try sample.user("nobody").id) }, nil)
        },
        StoreBehaviour("a user's password, status and times are stored; a user who is not there cannot be changed") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            _ = try await store.write { try $0.insert(user) }
            for status in [UserStatus.disabled(since: Sample.start + .seconds(5)), .active] {
                var changed = user
                changed.passwordHash = "$argon2id$new"
                changed.status = status
                changed.tokensNotBefore = Sample.start + .seconds(5)
                changed.updatedAt = Sample.start + .seconds(6)
                let wanted = changed
                try await store.write { try $0.update(wanted) }
                try expect(try await store.read { try $0.user(user.id) }, wanted)
                let disabled = status.isDisabled ? 1 : 0
                try expect(try await store.read { try $0.userCounts() }, UserCounts(active: 1 - disabled, disabled: disabled))
            }
            let stranger = try sample.user("stranger")
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) { try await store.write { try $0.update(stranger) } }
        },
        StoreBehaviour("users are paged by name") { store in
            let sample = Sample()
            let users = try ["a", "b", "b.c", "d@e"].map { try sample.user($0) }
            try await store.write { transaction in for user in users.reversed() { _ = try transaction.insert(user) } }
            try expect(try await store.read { try $0.users(after: nil, limit: 3) }, Array(users.prefix(3)))
            try expect(try await store.read { try $0.users(after: users[2].id, limit: 3) }, [users[3]])
            try expect(try await store.read { try $0.users(after: users[3].id, limit: 3) }, [])
            try expect(try await store.read { try $0.users(after: nil, limit: -1) }, [])
        },
        StoreBehaviour("restrictions name who is disabled, and who was changed lately") { store in
            let sample = Sample()
            var (disabled, changed, changedLongAgo) = (try sample.user("a"), try sample.user("b"), try sample.user("c"))
            disabled.status = .disabled(since: Sample.start - .seconds(1_000_000))
            disabled.tokensNotBefore = Sample.start
            changed.tokensNotBefore = Sample.start
            changedLongAgo.tokensNotBefore = Sample.start - .seconds(100)
            let users = [disabled, changed, changedLongAgo, try sample.user("d")]
            try await store.write { transaction in
                for user in users {
                    _ = try transaction.insert(user)
                    try transaction.update(user)
                }
            }
            try expect(
                try await store.read { try $0.userRestrictions(since: Sample.start - .seconds(50)) },
                [users[0].id: .disabled, users[1].id: .notBefore(Sample.start)])
        },
    ]

    static let oauthClients = [
        StoreBehaviour("a client is added once, changes its secret, and is removed") { store in
            guard let id = OAuthClient.ID("dashboard"), let other = OAuthClient.ID("other") else { throw Broken(description: "no ids") }
            let sample = Sample()
            let client = OAuthClient(id: id, secretHash: sample.digest(), createdAt: Sample.start, rotatedAt: nil)
            let changed = OAuthClient(
                id: id, secretHash: sample.digest(), createdAt: Sample.start, rotatedAt: Sample.start + .seconds(1))
            let unknown = OAuthClient(id: other, secretHash: sample.digest(), createdAt: Sample.start, rotatedAt: nil)
            try expect(try await store.write { try $0.insert(client) }, true)
            try expect(try await store.write { try $0.insert(changed) }, false)
            try expect(try await store.read { try $0.oauthClients() }, [client])
            try expect(try await store.read { try $0.oauthClient(id) }, client)
            try expect(try await store.read { try $0.oauthClient(other) }, nil)
            try expect(try await store.write { try $0.updateSecret(of: changed) }, true)
            try expect(try await store.write { try $0.updateSecret(of: unknown) }, false)
            try expect(try await store.read { try $0.oauthClients() }, [changed])
            try expect(try await store.write { try $0.removeClient(other) }, false)
            try expect(try await store.write { try $0.removeClient(id) }, true)
            try expect(try await store.read { try $0.oauthClients() }, [])
        }
    ]
}
