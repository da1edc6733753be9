/// Knows whether the work that runs belongs to a verification, so that a store it asked would be noticed (design 2.7).
enum VerificationScope {
    /// Whether it does.
    @TaskLocal static var isVerifying = false

    /// Runs a verification.
    static func run<Answer, Failure: Error>(_ verification: () throws(Failure) -> Answer) throws(Failure) -> Answer {
        try $isVerifying.withValue(true) { Result(catching: verification) }.get()
    }
}
