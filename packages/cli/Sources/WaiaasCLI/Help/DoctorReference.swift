import WaiaasCore

/// The reference of the symptoms that `waiaas doctor` finds, as Markdown, made from their catalogue.
public enum DoctorReference {
    /// The page; the same text every time.
    public static var markdown: String {
        """
        <!-- Generated from the catalogue of symptoms; edit the source, not this file. -->

        # Symptoms

        What `waiaas doctor` can find. An id means the same in every release. A fault makes the command exit with 1; warnings and advice do not.


        """
            + DoctorSubject.allCases.map { subject in
                let symptoms = Symptom.all.filter { $0.subject == subject }
                return "## \(subject.rawValue)\n\n| id | level | what is the matter | what to do |\n| --- | --- | --- | --- |\n"
                    + symptoms.map { "| \($0.id) | \($0.level.rawValue) | \(cell($0.text)) | \(cell($0.remedy)) |\n" }.joined()
            }.joined(separator: "\n")
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
