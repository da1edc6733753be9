import WaiaasCore

extension StoreBehaviour {
    static let panels = [
        StoreBehaviour("a panel is found by its key, and a key is given once") { store in
            let sample = Sample()
            let (ada, bob) = (try sample.user("ada"), try sample.user("bob"))
            let panels = [
                try sample.panel("a", of: ada.id), try sample.panel("a", of: bob.id), try sample.panel("a"),
                try sample.panel("b", of: ada.id),
            ]
            let again = try sample.panel("a", of: ada.id)
            try await store.write { transaction in
                for user in [ada, bob] { _ = try transaction.insert(user) }
                for panel in panels { try expect(try transaction.insert(panel), true) }
                try expect(try transaction.insert(again), false)
            }
            for panel in panels { try expect(try await store.read { try $0.panel(panel.key) }, panel) }
            try expect(try await store.read { try $0.panel(try sample.panel("b", of: bob.id).key) }, nil)
            try expect(try await store.read { try $0.panel(try sample.panel("b").key) }, nil)
            try expect(try await store.read { try $0.panelCount(in: .user(ada.id)) }, 2)
            try expect(try await store.read { try $0.panelCount(in: .public) }, 1)
            let loaded = try await store.read { store in
                var all: [Panel] = []
                try store.forEachPanel { all.append($0) }
                return all
            }
            try expect(loaded.count, 4)
            for panel in panels { try expect(loaded.contains(panel), true) }
        },
        StoreBehaviour("a change meets the life of the key that it was meant for, and no other") { store in
            let sample = Sample()
            let ada = try sample.user("ada")
            for space in [ada.id, nil] {
                var panel = try sample.panel("a", of: space)
                let first = panel
                try await store.write { transaction in
                    _ = try transaction.insert(ada)
                    try expect(try transaction.insert(first), true)
                }
                panel.template = "<svg>{{ x }}</svg>"
                panel.arguments = PanelArguments(json: Array(#"{"x":"ä 1.50","y":[1.5,null]}"#.utf8)) ?? .none
                let changed = panel
                try expect(try await store.write { try $0.update(changed) }, true)
                try expect(try await store.read { try $0.panel(changed.key) }, changed)
                let other = try sample.panel("a", of: space)
                try expect(try await store.write { try $0.update(other) }, false)
                try expect(try await store.write { try $0.removePanel(other.key, life: other.life) }, false)
                try expect(try await store.read { try $0.panel(changed.key) }, changed)
                try expect(try await store.write { try $0.removePanel(changed.key, life: changed.life) }, true)
                try expect(try await store.write { try $0.update(changed) }, false)
                try expect(try await store.read { try $0.panel(changed.key) }, nil)
                try expect(try await store.write { try $0.insert(other) }, true)
            }
        },
        StoreBehaviour("a user's panel needs its user") { store in
            let panel = try Sample().panel("a", of: try Sample().user("nobody").id)
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) { try await store.write { try $0.insert(panel) } }
        },
    ]
}
