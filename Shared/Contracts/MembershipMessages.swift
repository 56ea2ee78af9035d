import Messaging

/// Uploads one part of a register file into a draft.
public struct StageImportRows: Command {
  public static let type = "membership.stage-import-rows.v1"
  public static let summary = "Uploads one numbered part of a register file; nothing changes until CommitImport."
  public var importId: ImportID
  /// From 1 without gaps. The same part again replaces itself.
  public var part: Number
  public var rows: Bounded<ImportRow>
  public init(importId: ImportID, part: Number, rows: Bounded<ImportRow>) {
    self.importId = importId
    self.part = part
    self.rows = rows
  }
  public struct Reply: Contract {
    public static let type = "membership.import-rows-staged.v1"
    public static let summary = "The part is kept."
    public var rows: Count
    public init(rows: Count) { self.rows = rows }
  }
}

/// Checks a draft and writes it into the register: a short one at once, a longer one in slices that go on by themselves
/// until all is written, also in a process that is started anew.
public struct CommitImport: Command {
  public static let type = "membership.commit-import.v1"
  public static let summary =
    "Checks the uploaded rows and writes them into the register; where the reply says so, it goes on by itself."
  public enum Mode: String, Codable, Sendable, CaseIterable {
    /// One bad row refuses the whole file.
    case whole
    /// Good rows are kept, bad rows are named.
    case good
    /// Nothing is written; the report says what would be.
    case dryRun = "dry-run"
  }
  public var importId: ImportID
  /// How many parts were uploaded.
  public var parts: Number
  public var mode: Mode
  /// The columns that the file has: what stands in the others is left as it is in the register. Absent: all.
  public var columns: Bounded<RegisterColumn>?
  public init(importId: ImportID, parts: Number, mode: Mode, columns: Bounded<RegisterColumn>? = nil) {
    self.importId = importId
    self.parts = parts
    self.mode = mode
    self.columns = columns
  }
  /// How far an import has come: it is checked first, and then written.
  public struct Progress: Codable, Sendable, Hashable {
    public var isWriting: Bool
    /// So many parts have been checked, or written.
    public var parts: Count
    public init(isWriting: Bool, parts: Count) {
      self.isWriting = isWriting
      self.parts = parts
    }
  }
  public struct Reply: Contract {
    public static let type = "membership.import-committed.v1"
    public static let summary = "What became of the rows. The refused ones are read with GetImportReport."
    public var importId: ImportID
    /// False where nothing was written: a dry run, or a bad row with mode whole.
    public var written: Bool
    public var registered: Count
    public var changed: Count
    public var unchanged: Count
    public var refused: Count
    /// Present while it goes on; the counts are then of the pass at hand. Ask GetImport until it is absent.
    public var underWay: Progress?
    public init(
      importId: ImportID, written: Bool, registered: Count, changed: Count, unchanged: Count, refused: Count,
      underWay: Progress? = nil
    ) {
      self.importId = importId
      self.underWay = underWay
      self.written = written
      self.registered = registered
      self.changed = changed
      self.unchanged = unchanged
      self.refused = refused
    }
  }
}

/// How far an import has come, or what became of it.
public struct GetImport: Query {
  public static let type = "membership.get-import.v1"
  public static let summary = "How far a committed import has come, and what became of its rows."
  public typealias Reply = CommitImport.Reply
  public var importId: ImportID
  public init(importId: ImportID) { self.importId = importId }
}

/// Which rows of an import were refused, and why.
public struct GetImportReport: Query {
  public static let type = "membership.get-import-report.v1"
  public static let summary = "The refused rows of an import, by line, in pages."
  public var importId: ImportID
  /// How many of the faults to pass over.
  public var after: Count
  public init(importId: ImportID, after: Count) {
    self.importId = importId
    self.after = after
  }
  public struct Fault: Codable, Sendable, Hashable {
    public var line: Number
    /// The column as it is called in the caller's language.
    public var column: Sentence
    public var code: Code
    /// What was found, why it can't be taken, and what would be.
    public var reason: Sentence
    public init(line: Number, column: Sentence, code: Code, reason: Sentence) {
      self.line = line
      self.column = column
      self.code = code
      self.reason = reason
    }
  }
  public struct Reply: Contract {
    public static let type = "membership.import-report.v1"
    public static let summary = "One page of refused rows."
    public var faults: Bounded<Fault>
    public var total: Count
    public init(faults: Bounded<Fault>, total: Count) {
      self.faults = faults
      self.total = total
    }
  }
}

/// What a dry run would do, row by row.
public struct GetImportAccount: Query {
  public static let type = "membership.get-import-account.v1"
  public static let summary = "What a dry run would do with each good row that changes something, by line, in pages."
  public var importId: ImportID
  /// How many of the rows to pass over.
  public var after: Count
  public init(importId: ImportID, after: Count) {
    self.importId = importId
    self.after = after
  }
  public struct Change: Codable, Sendable, Hashable {
    /// The column as it is called in the language of whoever committed the import.
    public var column: Sentence
    /// Absent where the cell is empty.
    public var from: Sentence?
    public var to: Sentence?
    public init(column: Sentence, from: Sentence?, to: Sentence?) {
      self.column = column
      self.from = from
      self.to = to
    }
  }
  public struct Item: Codable, Sendable, Hashable {
    public var line: Number
    public var name: PersonName
    /// Absent for somebody who is new.
    public var member: MemberID?
    public var changes: Bounded<Change>
    public init(line: Number, name: PersonName, member: MemberID?, changes: Bounded<Change>) {
      self.line = line
      self.name = name
      self.member = member
      self.changes = changes
    }
  }
  public struct Reply: Contract {
    public static let type = "membership.import-account.v1"
    public static let summary = "One page of the account."
    public var items: Bounded<Item>
    public var total: Count
    public init(items: Bounded<Item>, total: Count) {
      self.items = items
      self.total = total
    }
  }
}

/// A member as a list shows them.
public struct MemberSummary: Codable, Sendable, Hashable {
  public var id: MemberID
  public var name: PersonName
  public var email: EmailAddress
  public var language: Language
  public var kommun: KommunCode
  public var organisationNumber: OrganisationNumber?
  public var role: MemberRole
  public var capacity: Capacity?
  public var years: Years
  public var topics: Bounded<Topic>
  public var status: MemberStatus
  /// The identity is protected: for all but the chair, address and kommun are `protected` here.
  public var isProtected: Bool?
  public init(
    id: MemberID, name: PersonName, email: EmailAddress, language: Language, kommun: KommunCode,
    organisationNumber: OrganisationNumber?, role: MemberRole, capacity: Capacity?, years: Years,
    topics: Bounded<Topic>, status: MemberStatus, isProtected: Bool? = nil
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.language = language
    self.kommun = kommun
    self.organisationNumber = organisationNumber
    self.role = role
    self.capacity = capacity
    self.years = years
    self.topics = topics
    self.status = status
    self.isProtected = isProtected
  }

  /// What stands for the address of somebody with protected identity: no domain ends so (RFC 2606).
  public static let protectedEmail = EmailAddress(unchecked: "protected@protected.invalid")
  /// What stands for their kommun: no kommun has this code.
  public static let protectedKommun = KommunCode(unchecked: "0000")
}

public struct ListMembers: Query {
  public static let type = "membership.list-members.v1"
  public static let summary =
    "Members in order of their names, in pages; optionally by parts of the name or e-mail, role, status, topic or kommun."
  /// Words of which each is a part of the name or the e-mail address, in any case and with or without diacritics.
  public var search: SearchText?
  /// Those who are both are mentors and adepts too.
  public var role: MemberRole?
  public var after: PageToken?
  public var status: MemberStatus?
  public var topic: Topic?
  /// The home kommun, or the county that it lies in.
  public var area: Area?
  public init(
    search: SearchText? = nil, role: MemberRole? = nil, status: MemberStatus? = nil, topic: Topic? = nil,
    area: Area? = nil, after: PageToken? = nil
  ) {
    self.search = search
    self.role = role
    self.after = after
    self.status = status
    self.topic = topic
    self.area = area
  }
  public struct Reply: Contract {
    public static let type = "membership.members.v1"
    public static let summary = "One page of members; next is absent on the last."
    public var members: Bounded<MemberSummary>
    public var next: PageToken?
    public init(members: Bounded<MemberSummary>, next: PageToken?) {
      self.members = members
      self.next = next
    }
  }
}

public struct GetMember: Query {
  public static let type = "membership.get-member.v1"
  public static let summary = "One member, by id or e-mail address."
  /// A member id or an e-mail address.
  public var member: SearchText
  public init(member: SearchText) { self.member = member }
  public struct Reply: Contract {
    public static let type = "membership.member.v1"
    public static let summary = "The member."
    public var member: MemberSummary
    /// All that the register holds and the caller may see, as a row of a register file in the caller's language.
    public var row: ImportRow?
    /// Present where mails to the address do not arrive.
    public var addressFails: AddressFault?
    public init(member: MemberSummary, row: ImportRow? = nil, addressFails: AddressFault? = nil) {
      self.member = member
      self.row = row
      self.addressFails = addressFails
    }
  }
  public struct AddressFault: Codable, Sendable, Hashable {
    /// What the mail server said, such as `mail/address-refused`.
    public var code: Code
    public var since: Day
    public init(code: Code, since: Day) {
      self.code = code
      self.since = since
    }
  }
}

public struct MemberRegistered: Event {
  public static let type = "membership.member-registered.v1"
  public static let summary = "A person has entered the register: what matching needs of it."
  public var profile: Profile
  public init(profile: Profile) { self.profile = profile }
}

public struct MemberChanged: Event {
  public static let type = "membership.member-changed.v1"
  public static let summary = "A member's profile is another now."
  public var profile: Profile
  public init(profile: Profile) { self.profile = profile }
}

/// Where and how a member is written to.
public struct AddressChanged: Event {
  public static let type = "membership.address-changed.v1"
  public static let summary =
    "Where and in which language a member is written to, when it is first known and when it changes."
  public var member: MemberID
  public var name: PersonName
  public var email: EmailAddress
  public var language: Language
  /// Protected identity: the address stands in no mail but as the one that it goes to.
  public var isProtected: Bool?
  /// While they have paused, they are written to about nothing but what has happened to a mentorship of theirs.
  public var status: MemberStatus?
  public init(
    member: MemberID, name: PersonName, email: EmailAddress, language: Language, isProtected: Bool? = nil,
    status: MemberStatus? = nil
  ) {
    self.member = member
    self.name = name
    self.email = email
    self.language = language
    self.isProtected = isProtected
    self.status = status
  }
}
