import Contracts
import Dispatch
import Texts

extension Maildir: Channel {
  var taken: MailState { .kept }
  /// The file's name is made from the task alone.
  var isIdempotent: Bool { true }
  var atOnce: Int { 4 }
  var interval: Duration { .zero }
  var server: String? { nil }

  private static let queue = DispatchQueue(label: "maildir", attributes: .concurrent)

  func deliver(_ letter: Letter) async -> Attempt {
    await withCheckedContinuation { continuation in
      Maildir.queue.async {
        let file = Maildir.fileName(of: letter.task)
        do {
          if let reason = letter.unwanted, try !holds(file) { return continuation.resume(returning: .absent(reason)) }
          try deliver(letter.bytes, as: file)
          continuation.resume(returning: .taken(nil))
        } catch {
          continuation.resume(returning: .unusable(.folder, "\(error)"))
        }
      }
    }
  }
}
