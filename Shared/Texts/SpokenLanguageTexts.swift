import Contracts

/// The languages in which supervision is given in Sweden, by their ISO 639 codes. Any other code is accepted too.
public enum SpokenLanguageTexts {
  public static let names: [String: Phrase] = [
    "sv": Phrase(sv: "svenska", en: "Swedish"), "en": Phrase(sv: "engelska", en: "English"),
    "fi": Phrase(sv: "finska", en: "Finnish"), "no": Phrase(sv: "norska", en: "Norwegian"),
    "da": Phrase(sv: "danska", en: "Danish"), "de": Phrase(sv: "tyska", en: "German"),
    "fr": Phrase(sv: "franska", en: "French"), "es": Phrase(sv: "spanska", en: "Spanish"),
    "pl": Phrase(sv: "polska", en: "Polish"), "ru": Phrase(sv: "ryska", en: "Russian"),
    "uk": Phrase(sv: "ukrainska", en: "Ukrainian"), "ar": Phrase(sv: "arabiska", en: "Arabic"),
    "fa": Phrase(sv: "persiska", en: "Persian"), "prs": Phrase(sv: "dari", en: "Dari"),
    "so": Phrase(sv: "somaliska", en: "Somali"), "ti": Phrase(sv: "tigrinja", en: "Tigrinya"),
    "tr": Phrase(sv: "turkiska", en: "Turkish"), "ku": Phrase(sv: "kurdiska", en: "Kurdish"),
    "bs": Phrase(sv: "bosniska", en: "Bosnian"), "hr": Phrase(sv: "kroatiska", en: "Croatian"),
    "sr": Phrase(sv: "serbiska", en: "Serbian"), "sq": Phrase(sv: "albanska", en: "Albanian"),
    "se": Phrase(sv: "nordsamiska", en: "Northern Sami"), "fit": Phrase(sv: "meänkieli", en: "Meänkieli"),
    "rom": Phrase(sv: "romani", en: "Romani"), "yi": Phrase(sv: "jiddisch", en: "Yiddish"),
    "swl": Phrase(sv: "svenskt teckenspråk", en: "Swedish Sign Language"),
  ]

  public static func name(_ language: SpokenLanguage) -> Phrase {
    names[language.rawValue] ?? Phrase(sv: language.rawValue, en: language.rawValue)
  }

  static let byName = Dictionary(
    uniqueKeysWithValues: names.flatMap { code, name in
      Set([name.sv.folded, name.en.folded]).map { ($0, SpokenLanguage(unchecked: code)) }
    })
}
