import Contracts

/// Refusals that any service may answer with, before its domain is asked.
public enum RequestRefusal: Refusal {
  case notYours(source: String, principal: String)
  case unknownType(String)
  case wrongService(type: String, service: String)
  case notPermitted(type: String, role: String, roles: [String])
  /// `field` is its path in the message.
  case malformed(field: String, accepts: Phrase)
  case missingKey
  case keyReused
  case calendarIsReal
  case calendarBackwards
  case noSuchDeadLetter(Int)
  /// It holds what people have told in confidence, and whoever asks takes part themselves.
  case anotherMustRead
  case stillFails(Death)
  case failed
  case full

  public var code: String {
    switch self {
    case .notYours: "request/not-yours"
    case .unknownType: "request/unknown-type"
    case .wrongService: "request/wrong-service"
    case .notPermitted: "request/not-permitted"
    case .malformed: "request/malformed"
    case .missingKey: "request/missing-key"
    case .keyReused: "request/key-reused"
    case .calendarIsReal: "calendar/real"
    case .calendarBackwards: "calendar/backwards"
    case .noSuchDeadLetter: "dead-letter/unknown"
    case .anotherMustRead: "request/another-must-read"
    case .stillFails: "dead-letter/still-fails"
    case .failed: "service/failed"
    case .full: "service/full"
    }
  }

  public var title: Phrase {
    switch self {
    case .notYours: Phrase(sv: "Fel avsändare", en: "Wrong sender")
    case .unknownType: Phrase(sv: "Okänd begäran", en: "Unknown request")
    case .wrongService: Phrase(sv: "Fel tjänst", en: "Wrong service")
    case .notPermitted: Phrase(sv: "Din roll får inte göra detta", en: "Your role may not do this")
    case .malformed:
      Phrase(sv: "Ett fält har ett värde som inte kan tas emot", en: "A field has a value that can't be taken")
    case .missingKey: Phrase(sv: "Nyckeln mot upprepning saknas", en: "The idempotency key is missing")
    case .keyReused: Phrase(sv: "Nyckeln har använts till något annat", en: "The key was used for something else")
    case .calendarIsReal: Phrase(sv: "Kalendern kan inte flyttas", en: "The calendar can't be moved")
    case .calendarBackwards: Phrase(sv: "Kalendern går bara framåt", en: "The calendar only goes forward")
    case .noSuchDeadLetter: Phrase(sv: "Brevet finns inte", en: "There is no such letter")
    case .anotherMustRead: Phrase(sv: "Någon annan behöver läsa detta", en: "Somebody else must read this")
    case .stillFails: Phrase(sv: "Det gick fel igen", en: "It failed again")
    case .failed: Phrase(sv: "Tjänsten kunde inte göra det", en: "The service could not do it")
    case .full: Phrase(sv: "Tjänsten kan inte ta emot mer just nu", en: "The service can't take more now")
    }
  }

  public var detail: Phrase {
    switch self {
    case .notYours(let source, let principal):
      Phrase(
        sv:
          "Meddelandet säger sig komma från \(source) men nyckeln tillhör \(principal). Ange \(principal) som source.",
        en:
          "The message says that it comes from \(source), but the key belongs to \(principal). Give \(principal) as source."
      )
    case .unknownType(let type):
      Phrase(
        sv: "Tjänsten känner inte till \(type). Kontrollera versionen av klienten.",
        en: "The service doesn't know \(type). Check the client's version.")
    case .wrongService(let type, let service):
      Phrase(sv: "\(type) tas emot av \(service).", en: "\(type) is taken by \(service).")
    case .notPermitted(let type, let role, let roles):
      Phrase(
        sv:
          "\(type) får skickas av \(roles.joined(separator: ", ")); din nyckel har rollen \(role). Be ordföranden om en annan roll.",
        en:
          "\(type) may be sent by \(roles.joined(separator: ", ")); your key has the role \(role). Ask the chair for another role."
      )
    case .malformed(let field, let accepts):
      Phrase(
        sv: "Fältet \(field) i meddelandet saknas eller kan inte tas emot. Det ska vara \(accepts.sv).",
        en: "The message's field \(field) is missing or can't be taken. It must be \(accepts.en).")
    case .missingKey:
      Phrase(
        sv: "Ett kommando måste ha idempotencykey, 1 till 200 tecken, så att en upprepning känns igen.",
        en: "A command must carry an idempotencykey of 1 to 200 characters, so that a repeat is recognised.")
    case .keyReused:
      Phrase(
        sv: "Samma nyckel kom med ett annat innehåll. Använd en ny nyckel för ett nytt ärende.",
        en: "The same key came with another body. Use a new key for something new.")
    case .calendarIsReal:
      Phrase(
        sv: "Tjänsten följer datorns kalender. Bara en tjänst som startats med virtuell kalender kan flyttas.",
        en:
          "The service follows the machine's calendar. Only one that was started with a virtual calendar can be moved.")
    case .calendarBackwards:
      Phrase(
        sv: "Ange en tidpunkt som är senare än den som kalendern visar.",
        en: "Give a moment that is later than what the calendar shows.")
    case .noSuchDeadLetter(let number):
      Phrase(
        sv: "Det finns inget dött brev med nummer \(number). Se board dead-letter list.",
        en: "There is no dead letter number \(number). See board dead-letter list.")
    case .anotherMustRead:
      Phrase(
        sv: "Där kan stå vad andra har sagt i förtroende, och din nyckel tillhör någon som själv deltar. Be någon i "
          + "styrelsen som inte deltar, eller den som sköter maskinen.",
        en: "It can hold what others have told in confidence, and your key belongs to somebody who takes part. Ask "
          + "somebody on the board who doesn't, or whoever runs the machine.")
    case .stillFails(let death):
      Phrase(
        sv: "Brevet ligger kvar. \(death.sentence(attempts: 1).sv) Rätta felet först, eller kasta brevet.",
        en: "The letter is still there. \(death.sentence(attempts: 1).en) Mend the fault first, or discard the letter.")
    case .failed:
      Phrase(
        sv: "Något oväntat gick fel och ingenting ändrades. Försök igen; står felet kvar, se tjänstens logg.",
        en: "Something unexpected went wrong and nothing was changed. Try again; if it stays, see the service's log.")
    case .full:
      Phrase(
        sv: "Disken eller utkorgen är full och ingenting ändrades. Försök igen när utrymme har frigjorts.",
        en: "The disk or the outbox is full and nothing was changed. Try again when there is room.")
    }
  }
}
