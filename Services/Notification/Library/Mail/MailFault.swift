import Texts

/// Why a mail can't be written as it was asked for. It names the field, never what stands in it.
///
/// None is helped by trying again: the value must change.
struct MailFault: Error, Hashable, CustomStringConvertible {
  let field: String
  let reason: MailSettingsTexts.FieldFault

  var sentence: Phrase { reason.sentence(field) }
  var description: String { sentence.en }
}
