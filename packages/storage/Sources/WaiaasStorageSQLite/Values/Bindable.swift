/// A value that can be a parameter of a statement.
protocol Bindable {
    /// Binds the value to the parameter at this place, counted from 1.
    func bind(to statement: Statement, at index: Int32)
}

extension Optional: Bindable where Wrapped: Bindable {
    func bind(to statement: Statement, at index: Int32) {
        switch self {
        case .some(let value): value.bind(to: statement, at: index)
        case .none: statement.bindNull(at: index)
        }
    }
}
