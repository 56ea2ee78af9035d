import Contracts
import Texts

extension RegisterFile {
  /// What may stand in a register file: a line for each column with its header and what its cells may hold.
  public static func guide(_ language: Language) -> String {
    RegisterColumn.allCases.map { column in
      let isRequired = RegisterColumn.required.contains(column)
      let needed = isRequired ? " (" + Phrase(sv: "krävs", en: "required")[language] + ")" : ""
      return "\(column.header(language))\(needed): \(column.accepts[language])"
    }.joined(separator: "\n")
  }
}
