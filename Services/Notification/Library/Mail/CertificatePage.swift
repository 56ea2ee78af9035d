import Contracts
import Texts

/// A certificate of participation as a page of its own, to be opened and printed: it needs no other file.
enum CertificatePage {
  /// - Parameters:
  ///   - association: who issues it; the association, unnamed, where nil.
  ///   - signer: who signs it.
  ///   - issued: the day that it bears.
  static func text(
    _ certificate: Certificate, of name: String, as party: Party, with other: String, association: String?,
    signer: String, issued: Day, language: Language
  ) -> String {
    let texts = CertificateTexts.self
    func line(_ phrase: Phrase) -> String { MailContent.escaped(phrase[language]) }
    let issuer = association ?? texts.theAssociation[language]
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <title>\(line(texts.title)) – \(MailContent.escaped(name))</title>
      <style>
      @page { size: A4; margin: 0 }
      body { margin: 0; font-family: Georgia, "Times New Roman", serif; color: #2a2521; text-align: center; }
      main { box-sizing: border-box; max-width: 210mm; min-height: 290mm; margin: 0 auto; padding: 45mm 28mm 25mm; }
      .mark { letter-spacing: .12em; color: #1f5c4d; }
      h1 { font-weight: normal; font-size: 2.4em; margin: .6em 0 1.4em; }
      .name { font-size: 2em; margin: 0 0 .8em; }
      p { font-size: 1.15em; line-height: 1.6; margin: 0 0 1.2em; }
      .sign { margin: 30mm auto 0; width: 80mm; border-top: 1px solid #2a2521; padding-top: .5em; font-size: 1em; }
      </style>
      </head>
      <body>
      <main>
      <p class="mark">\(MailContent.escaped(association ?? MailTexts.programme[language]))</p>
      <h1>\(line(texts.title))</h1>
      <p class="name">\(MailContent.escaped(name))</p>
      <p>\(line(texts.participated(party, other, issuer)))</p>
      <p>\(line(texts.time(certificate.starts, certificate.ends, certificate.months.rawValue)))</p>
      <p>\(line(texts.role(party)))</p>
      <p>\(line(texts.issued(issued)))</p>
      <p class="sign">\(MailContent.escaped(signer))<br>\(MailContent.escaped(issuer))</p>
      </main>
      </body>
      </html>

      """
  }
}
